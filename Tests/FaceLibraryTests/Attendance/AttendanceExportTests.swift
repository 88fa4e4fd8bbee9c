import FaceCore
import FaceStore
import Foundation
import Testing

@testable import FaceLibrary

@Suite struct AttendanceExportTests {
    private func text(_ stream: ExportStream) throws -> [String] {
        var pieces: [String] = []
        while let piece = try stream.next() { pieces.append(String(decoding: piece, as: UTF8.self)) }
        return pieces
    }

    @Test func `The table has every event once, in pieces, and no formulas`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let library = test.library
        let staff = try library.createCollection(name: "Staff, all")
        let anna = try test.store.persons.create(name: "=Anna")
        for number in 0..<1100 {
            _ = try library.attend(
                Sighting(
                    person: anna.id, collection: staff.id, place: number == 0 ? "-Door" : "Gate",
                    at: Date(timeIntervalSince1970: 1_767_225_600 + Double(number) * 3600), similarity: 0.5))
        }
        let pieces = try text(library.exportAttendance(AttendanceFilter()))
        #expect(pieces.count == 3)
        let lines = pieces.joined().components(separatedBy: "\r\n")
        #expect(lines.count == 1102 && lines.last == "")
        #expect(
            lines[0]
                == "\u{FEFF}id,person_id,person,collection_id,collection,place,at,last_seen,times_seen,similarity")
        #expect(
            lines[1].hasSuffix(#",'=Anna,1,"Staff, all",Gate,2026-02-15T19:00:00.000Z,2026-02-15T19:00:00.000Z,1,0.5"#))
        #expect(lines[1100].contains(",'-Door,2026-01-01T00:00:00.000Z,"))
        #expect(Set(lines).count == lines.count)
        let bare = try text(library.exportAttendance(AttendanceFilter(place: "-Door"), marksEncoding: false)).joined()
        #expect(bare.hasPrefix("id,") && bare.components(separatedBy: "\r\n").count == 3)
    }
}
