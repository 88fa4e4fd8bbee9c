import FaceCore
import Foundation
import GRDB
import Testing

@testable import FaceStore

@Suite struct SQLiteFailureTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("library.sqlite")
    }

    @Test func `A full disk stores nothing of a photo and goes on when there is room`() throws {
        let store = try SQLiteLibraryStore(path: path)
        _ = try store.recordFaces(1)
        let before = try store.counts()
        let pages = try #require(try store.value("PRAGMA page_count", as: Int.self))
        try store.execute("PRAGMA max_page_count = \(pages + 2)")
        let location = Sample.location("/a.jpg")
        let photo = Sample.photo(2)
        #expect(throws: FaceStoreError.diskFull) {
            try store.photos.record(photo, at: location, faces: Sample.faces(0..<5000))
        }
        #expect(try store.counts() == before)
        #expect(try store.photos.photo(at: location) == nil)

        try store.execute("PRAGMA max_page_count = 1000000")
        #expect(try store.photos.record(photo, at: location, faces: Sample.faces(0..<50)).outcome == .added)
    }

    @Test func `A library that another process keeps is locked for writing but not for reading`() throws {
        let holder = try SQLiteLibraryStore(path: path)
        let store = try SQLiteLibraryStore(path: path, busyTimeout: 0.1)
        try holder.writer.write { (_: GRDB.Database) throws -> Void in
            #expect(throws: FaceStoreError.locked) { try store.persons.create(name: nil) }
            #expect(try store.persons.all().isEmpty)
        }
        #expect(try store.persons.create(name: "Anna").name == "Anna")
    }

    @Test func `A database that refuses to be written to is read-only`() throws {
        let store = try SQLiteLibraryStore(path: path)
        try store.execute("PRAGMA query_only = 1")
        #expect(throws: FaceStoreError.readOnly) { try store.persons.create(name: nil) }
        #expect(try store.persons.all().isEmpty)
    }

    @Test func `A file or folder without write permission is read-only`() async throws {
        let closed = folder.path("closed")
        let library = closed + "/library.sqlite"
        try SQLiteLibraryStore(path: library).close()
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: closed)
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: library)
        await #expect(processExitsWith: .success) { [library = library as String] in
            // Permissions do not hold for root.
            if geteuid() == 0 { setuid(65_534) }
            #expect(throws: FaceStoreError.readOnly) { try SQLiteLibraryStore(path: library) }
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: closed)
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: library)
        await #expect(processExitsWith: .success) { [library = library as String] in
            if geteuid() == 0 { setuid(65_534) }
            #expect(throws: FaceStoreError.readOnly) { try SQLiteLibraryStore(path: library) }
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: library)
        await #expect(processExitsWith: .success) { [library = library as String] in
            if geteuid() == 0 { setuid(65_534) }
            #expect(throws: FaceStoreError.cannotOpen(path: library, reason: "permission denied")) {
                try SQLiteLibraryStore(path: library)
            }
        }
    }

    @Test func `An error in the middle of a photo leaves nothing of it`() throws {
        let store = try SQLiteLibraryStore(path: path)
        try store.execute(
            """
            CREATE TEMP TRIGGER refusal BEFORE INSERT ON embedding
            WHEN (SELECT count(*) FROM embedding) >= 2 BEGIN SELECT RAISE(ABORT, 'tripped'); END
            """)
        let error = #expect(throws: FaceStoreError.self) {
            try store.photos.record(Sample.photo(1), at: Sample.location("/a.jpg"), faces: Sample.faces(0..<3))
        }
        guard case .unexpected(let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(detail.contains("tripped"))
        #expect(String(reflecting: error).contains("tripped") && error?.message.contains("tripped") == false)
        for table in ["meta", "photo", "photo_location", "face", "embedding"] {
            #expect(try store.value("SELECT count(*) FROM \(table)") == 0, "\(table)")
        }
    }
}
