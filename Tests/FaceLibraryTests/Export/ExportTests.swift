import FaceCore
import FaceStore
import Foundation
import Testing

@testable import FaceLibrary

/// Exports of a library that came about as any does: photos uploaded, worked on and grouped.
struct ExportTests {
    private func text(_ stream: ExportStream) throws -> String {
        var bytes: [UInt8] = []
        while let piece = try stream.next() {
            #expect(!piece.isEmpty)
            bytes += piece
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Anna (red) on three photos, the second one with Boris (blue), and green on a fourth; the last cannot be read.
    private func filled() async throws -> (library: TestLibrary, anna: PersonID) {
        let library = try TestLibrary()
        let photos = [
            ("Отпуск.ppm", PaintedFaces.ppm([TestLibrary.red])),
            ("Отпуск.ppm", PaintedFaces.ppm([TestLibrary.red, TestLibrary.blue], seed: 1)),
            ("отпуск.PPM", PaintedFaces.ppm([TestLibrary.red], seed: 2)),
            ("green.ppm", PaintedFaces.ppm([TestLibrary.green], seed: 3)),
        ]
        try await library.work(off: try library.upload(photos), with: library.workers(threads: 1))
        let broken = FailedPhoto(contentHash: PhotoBytes.hash([1]), byteCount: 1, reason: "It is broken.")
        _ = try library.store.photos.recordFailure(broken, at: nil)
        let anna = try #require(try library.store.persons.all().first { $0.faceCount == 3 }).id
        try library.library.rename(anna, to: "=Anna \"A\", Б")
        return (library, anna)
    }

    @Test func `People are a table, newest first`() async throws {
        let (library, anna) = try await filled()
        defer { library.remove() }
        let table = try text(library.library.exportPeople(.csv))
        let rows = try CommaSeparatedText(table, name: "").rows.map(\.fields)
        #expect(
            rows[0] == [
                "id", "name", "faces_count", "photos_count", "created_at", "updated_at", "note", "birth_date", "hidden",
            ])
        #expect(rows.count == 4)
        let row = try #require(rows.first { $0[0] == anna.description })
        #expect(row[1...3] == ["'=Anna \"A\", Б", "3", "3"])
        #expect(row[4].wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/#) != nil)
        #expect(row[6...] == ["", "", "false"])
        #expect(table.hasSuffix("\r\n"))
    }

    @Test func `Everything that is known of a person is in her row and her object`() throws {
        let moment = Date(timeIntervalSince1970: 1_700_000_000.25)
        let person = ExportedPerson(
            person: Person(
                id: PersonID(7), name: "Vera", createdAt: moment, updatedAt: moment, faceCount: 2,
                note: "aunt,\n-sister of Anna", birthDate: CalendarDate(year: 1960, month: 2, day: 29), isHidden: true),
            photoCount: 1)
        #expect(
            person.row == "7,Vera,2,1,2023-11-14T22:13:20.250Z,2023-11-14T22:13:20.250Z,"
                + "\"aunt,\n-sister of Anna\",1960-02-29,true\r\n")
        #expect(
            String(decoding: try ExportLine.json(person), as: UTF8.self)
                == """
                {"birth_date":"1960-02-29","created_at":"2023-11-14T22:13:20.250Z","faces_count":2,"hidden":true,"id":7,\
                "name":"Vera","note":"aunt,\\n-sister of Anna","photos_count":1,"updated_at":"2023-11-14T22:13:20.250Z"}
                """)
    }

    @Test func `People are an array of objects, with nulls for what is not known`() async throws {
        let (library, anna) = try await filled()
        defer { library.remove() }
        let json = try text(library.library.exportPeople(.json))
        let people = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(people.count == 3)
        let person = try #require(people.first { $0["id"] as? Int == Int(anna.rawValue) })
        #expect(person["name"] as? String == "=Anna \"A\", Б")
        #expect(person["photos_count"] as? Int == 3 && person["hidden"] as? Bool == false)
        #expect(person["note"] is NSNull && person["birth_date"] is NSNull)
    }

    @Test func `Many people come in pieces, each once`() throws {
        let library = try TestLibrary()
        defer { library.remove() }
        let ids = try (0..<450).map { try library.store.persons.create(name: "P\($0)").id }
        let stream = library.library.exportPeople(.json)
        #expect(try #require(try stream.next()).count > 0)
        let json = try "[\n{}" + text(stream)
        let people = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(people.count == 1 + 250)
        let rows = try text(library.library.exportPeople(.csv)).split(separator: "\r\n").dropFirst()
        #expect(Set(rows.map { $0.prefix { $0 != "," } }) == Set(ids.map { Substring($0.description) }))
        #expect(rows.count == 450)
    }

    @Test func `Of an empty library there is a header, an empty array, and nothing`() throws {
        let library = try TestLibrary()
        defer { library.remove() }
        #expect(try text(library.library.exportPeople(.csv)) == ExportedPerson.header)
        #expect(try text(library.library.exportPeople(.json)) == "[\n]\n")
        #expect(try text(library.library.exportAll(LibraryExportOptions())) == "")
    }

    @Test func `The whole library is lines of people, photos and faces`() async throws {
        let (library, anna) = try await filled()
        defer { library.remove() }
        func lines(_ options: LibraryExportOptions) throws -> [[String: Any]] {
            try text(library.library.exportAll(options)).split(separator: "\n").map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            }
        }
        let all = try lines(LibraryExportOptions())
        let types = all.map { $0["type"] as? String }
        #expect(types.prefix(3) == ["person", "person", "person"])
        #expect(types.count { $0 == "photo" } == 5 && types.count { $0 == "face" } == 5)
        // Faces stand behind their photo.
        var photo: Int?
        for line in all {
            if line["type"] as? String == "photo" { photo = line["id"] as? Int }
            if line["type"] as? String == "face" { #expect(line["photo_id"] as? Int == photo) }
            #expect(line["embedding"] == nil && line["paths"] == nil)
        }
        let failed = try #require(all.first { $0["error"] is String })
        #expect(failed["error"] as? String == "It is broken." && failed["model"] is NSNull && failed["width"] is NSNull)
        let first = try #require(all.first { $0["file"] as? String == "Отпуск.ppm" })
        #expect(first["model"] as? String == "painted/colours" && first["width"] as? Int == 40)
        #expect((first["sha256"] as? String)?.count == 64 && first["format"] as? String == "ppm")
        let face = try #require(all.first { $0["type"] as? String == "face" })
        #expect(face["person_id"] as? Int == Int(anna.rawValue))
        #expect(face["box"] as? [Double] == [0, 0, 40, 40] && (face["landmarks"] as? [[Double]])?.count == 5)

        let full = try lines(LibraryExportOptions(embeddings: true, paths: true))
        #expect(
            full.filter { $0["type"] as? String == "face" }.allSatisfy { ($0["embedding"] as? [Double])?.count == 3 })
        #expect(full.filter { $0["type"] as? String == "photo" }.allSatisfy { $0["paths"] is [String] })
    }

    @Test func `A deleted person is in no export`() async throws {
        let (library, anna) = try await filled()
        defer { library.remove() }
        try library.library.deletePerson(anna)
        #expect(!(try text(library.library.exportPeople(.csv)).contains("Anna")))
        let all = try text(library.library.exportAll(LibraryExportOptions()))
        #expect(!all.contains("Anna") && !all.contains("\"person_id\":\(anna),"))
        #expect(throws: LibraryError.unknownPerson(anna.description)) { try library.library.originals(of: anna) }
    }

    // MARK: Photos

    @Test func `A person's photos have the names under which they came, each once`() async throws {
        let (library, anna) = try await filled()
        defer { library.remove() }
        let photos = try library.library.originals(of: anna)
        #expect(photos.entries.map(\.name) == ["отпуск.PPM", "Отпуск-2.ppm", "Отпуск-3.ppm"])
        #expect(photos.missing.isEmpty)
        #expect(photos.archiveName == "=Anna _A_, Б.zip")
        let folder = library.library.folders.data.appendingPathComponent("out")
        try ExportTarget(path: folder.path).write(photos)
        for (name, seed) in [("отпуск.PPM", 2), ("Отпуск-3.ppm", 0)] as [(String, UInt8)] {
            let file = folder.appendingPathComponent(name)
            #expect(try Data(contentsOf: file) == PaintedFaces.ppm([TestLibrary.red], seed: seed))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 3)
        #expect(throws: LibraryError.exportExists(path: folder.path)) {
            try ExportTarget(path: folder.path).write(photos)
        }
    }

    @Test func `A zip of them is a file that is not written over`() async throws {
        let (library, anna) = try await filled()
        defer { library.remove() }
        let photos = try library.library.originals(of: anna)
        let file = library.library.folders.data.appendingPathComponent("a.zip")
        let stream = photos.zip()
        try ExportTarget(path: file.path).write(stream)
        #expect(try Data(contentsOf: file).count == stream.byteCount)
        #expect(throws: LibraryError.exportExists(path: file.path)) {
            try ExportTarget(path: file.path).write(photos.zip())
        }
        let nowhere = library.library.folders.data.path + "/none/a.zip"
        #expect(throws: LibraryError.self) { try ExportTarget(path: nowhere).write(photos.zip()) }
        #expect(throws: LibraryError.exportExists(path: file.path)) { try ExportTarget(path: file.path).write(photos) }
        let left = try FileManager.default.contentsOfDirectory(atPath: library.library.folders.data.path)
        #expect(!left.contains { $0.hasPrefix(".lik-") })
    }

    @Test func `A photo whose file is gone is named, and without any there is nothing to hand out`() async throws {
        let (library, anna) = try await filled()
        defer { library.remove() }
        let files = try library.library.originals(of: anna).entries
        try FileManager.default.removeItem(at: files[1].url)
        let photos = try library.library.originals(of: anna)
        #expect(photos.entries.map(\.name) == ["отпуск.PPM", "Отпуск-3.ppm"])
        #expect(photos.missing == ["Отпуск-2.ppm"])
        let file = library.library.folders.data.appendingPathComponent("a.zip")
        try ExportTarget(path: file.path).write(photos.zip())
        #expect(try Data(contentsOf: file).range(of: Data("missing.txt".utf8)) != nil)
        for file in [files[0], files[2]] { try FileManager.default.removeItem(at: file.url) }
        #expect(throws: LibraryError.noPhotos(anna.description)) { try library.library.originals(of: anna) }
    }
}
