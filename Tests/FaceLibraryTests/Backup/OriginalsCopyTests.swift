import Foundation
import Testing

@testable import FaceLibrary

@Suite(.timeLimit(.minutes(1))) struct OriginalsCopyTests {
    @Test func `Photos that a library needs are copied, and those that are there stay`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red], [TestLibrary.blue]]))
        try test.upload([[TestLibrary.green]], seed: 77)
        let data = FileManager.default.temporaryDirectory.appendingPathComponent("lik-originals-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: data) }
        let target = LibraryFolders(data: data)
        let copy = OriginalsCopy(from: test.library.folders, to: target)
        #expect(try copy.run(of: test.store).copied == 3)
        #expect(try LibraryInspection(store: test.store, folders: target).findings().isEmpty)

        let names = test.uploads
        let (kept, half) = (names[0], names[1])
        try Data("half".utf8).write(to: target.uploads.appendingPathComponent(half))
        try Data("other".utf8).write(to: test.library.folders.uploads.appendingPathComponent(names[2]))
        try FileManager.default.removeItem(at: target.uploads.appendingPathComponent(names[2]))
        let report = try copy.run(of: test.store)
        #expect(report.copied == 1 && report.present == 1 && report.lost == [names[2]])
        for name in [kept, half] {
            #expect(
                try Data(contentsOf: target.uploads.appendingPathComponent(name))
                    == Data(contentsOf: test.library.folders.uploads.appendingPathComponent(name)))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: target.incoming.path).isEmpty)
    }

    @Test func `What was copied is on disk with its folders, and those with theirs, when the copy ends`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red], [TestLibrary.blue]]))
        try test.upload([[TestLibrary.green]], seed: 77)
        let data = FileManager.default.temporaryDirectory.appendingPathComponent("lik-originals-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: data) }
        let target = LibraryFolders(data: data)
        var copy = OriginalsCopy(from: test.library.folders, to: target)
        var done: [(folder: String, entries: Int)] = []
        copy.synchronize = { folder in
            let entries = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
            done.append((folder.lastPathComponent, entries?.count ?? 0))
        }
        _ = try copy.run(of: test.store)
        #expect(done.last?.folder == "uploads" && done.last?.entries == 2)
        #expect(done.dropLast().map(\.entries).sorted() == [1, 2])
        #expect(Set(done.dropLast().map(\.folder)) == Set(test.uploads.map { String($0.split(separator: "/")[0]) }))
        done = []
        _ = try copy.run(of: test.store)
        #expect(done.isEmpty)
    }
}
