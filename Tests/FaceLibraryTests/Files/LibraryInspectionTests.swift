import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct LibraryInspectionTests {
    @Test func `A library that is well has no findings, with photos done and waiting`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red], [TestLibrary.red]]))
        try test.upload([[TestLibrary.blue]], seed: 77)
        let findings = try LibraryInspection(store: test.store, folders: test.library.folders).findings()
        #expect(findings.isEmpty)
    }

    @Test func `Stray files and lost files are found and repaired`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let id = try test.upload([[TestLibrary.red], [TestLibrary.blue]])
        try await test.work(off: id)
        let folders = test.library.folders
        try FileManager.default.removeItem(at: folders.uploads.appendingPathComponent("\(id.name)/0001.pnm"))
        try Data("x".utf8).write(to: folders.uploads.appendingPathComponent("\(id.name)/0009.jpg"))
        let begun = try test.library.beginUpload()
        let inspection = LibraryInspection(store: test.store, folders: folders)
        let findings = try inspection.findings()
        #expect(findings.filesWithoutRow == ["\(id.name)/0009.jpg"])
        #expect(findings.rowsWithoutFile == ["\(id.name)/0001.pnm"])
        #expect(findings.unfinishedUploads == [begun.id.name])
        try inspection.repair(findings)
        #expect(try inspection.findings().isEmpty)
        #expect(try test.library.stats().photos == 1)
    }

    @Test func `Nothing is forgotten when the whole folder is missing`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red], [TestLibrary.blue]]))
        try FileManager.default.removeItem(at: test.library.folders.uploads)
        let inspection = LibraryInspection(store: test.store, folders: test.library.folders)
        let findings = try inspection.findings()
        #expect(findings.rowsWithoutFile.count == 2)
        #expect(throws: MissingFilesError.self) { try inspection.repair(findings) }
        #expect(try test.library.stats().photos == 2)
    }

    @Test func `A folder has one server at a time`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let folders = test.library.folders
        do {
            let claim = try FolderClaim(folders)
            #expect(throws: LibraryError.inUse(path: folders.data.path)) { try FolderClaim(folders) }
            withExtendedLifetime(claim) {}
        }
        _ = try FolderClaim(folders)
    }
}
