import FaceCore
import Foundation
import GRDB
import Testing

@testable import FaceStore

@Suite struct SQLiteOpeningTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("library.sqlite")
    }

    private func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    @Test func `A new library is made with its folders for this user only`() throws {
        let deep = folder.path("a/b c/library.sqlite")
        let store = try SQLiteLibraryStore(path: deep)
        try store.adopt(model: Sample.model)
        let mode = try FileManager.default.attributesOfItem(atPath: deep)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let folderMode = try FileManager.default.attributesOfItem(atPath: folder.path("a/b c"))[.posixPermissions]
        #expect(folderMode as? Int == 0o700)
    }

    @Test func `The database keeps a log, checks references and syncs its commits`() throws {
        let store = try SQLiteLibraryStore(path: path)
        #expect(try store.value("PRAGMA journal_mode") == "wal")
        #expect(try store.value("PRAGMA foreign_keys") == 1)
        #expect(try store.value("PRAGMA synchronous") == 2)
        #expect(try store.value("PRAGMA page_size") == LibrarySchema.pageSize)
        #expect(try store.value("PRAGMA application_id") == LibrarySchema.applicationID)
    }

    @Test func `A library that is closed lies in one file, whoever has read it`() throws {
        let store = try SQLiteLibraryStore(path: path)
        try store.adopt(model: Sample.model)
        #expect(try store.counts().faces == 0)
        try store.close()
        let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        #expect(log ?? 0 == 0)
        try? FileManager.default.removeItem(atPath: path + "-wal")
        #expect(try SQLiteLibraryStore(path: path).embeddingModel() == Sample.model)
    }

    @Test func `What was stored is there after closing and opening`() throws {
        let first = try SQLiteLibraryStore(path: path)
        let anna = try first.persons.create(name: "Anna")
        try first.close()
        #expect(try SQLiteLibraryStore(path: path).persons.all() == [anna])
    }

    @Test func `A library of a newer version is left as it is`() throws {
        let store = try SQLiteLibraryStore(path: path)
        _ = try store.recordFaces(2)
        try store.execute("INSERT INTO grdb_migrations (identifier) VALUES ('999 from the future')")
        try store.close()
        let before = try bytes()
        #expect(throws: FaceStoreError.newerVersion(path: path)) { try SQLiteLibraryStore(path: path) }
        #expect(try bytes() == before)
    }

    @Test(arguments: ["x", "This is a letter and not a database at all.\n", String(repeating: "text ", count: 5000)])
    func `A file that is no database is left as it is`(text: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: FaceStoreError.notADatabase(path: path)) { try SQLiteLibraryStore(path: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
    }

    @Test func `The database of another program is left as it is`() throws {
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute(sql: "CREATE TABLE bookmark (url TEXT)") }
        try other.close()
        let before = try bytes()
        #expect(throws: FaceStoreError.notALibrary(path: path)) { try SQLiteLibraryStore(path: path) }
        #expect(try bytes() == before)
    }

    @Test func `An empty file becomes a library`() throws {
        try Data().write(to: URL(fileURLWithPath: path))
        let store = try SQLiteLibraryStore(path: path)
        #expect(try store.counts().persons == 0)
    }

    @Test func `A damaged library says that it is damaged`() throws {
        let store = try SQLiteLibraryStore(path: path)
        _ = try store.recordFaces(50)
        try store.close()
        var damaged = try bytes()
        for index in LibrarySchema.pageSize..<damaged.count { damaged[index] = 0xA5 }
        try damaged.write(to: URL(fileURLWithPath: path))
        #expect(throws: FaceStoreError.damaged) { try SQLiteLibraryStore(path: path) }
    }

    @Test func `A folder and a path below a file cannot be opened`() throws {
        let file = folder.path("file")
        try Data().write(to: URL(fileURLWithPath: file))
        for wrong in [folder.path("."), file + "/library.sqlite"] {
            let error = #expect(throws: FaceStoreError.self) { try SQLiteLibraryStore(path: wrong) }
            guard case .cannotOpen(wrong, _) = error else {
                Issue.record("\(String(describing: error)) for \(wrong)")
                continue
            }
        }
    }

    @Test func `Eight openers of a new library at once all get it`() throws {
        let path = path
        _ = try onThreads(8) { thread in
            let store = try SQLiteLibraryStore(path: path)
            _ = try store.photos.record(Sample.photo(thread), at: nil, faces: Sample.faces(0..<1))
            try store.close()
        }
        #expect(try SQLiteLibraryStore(path: path).counts().analyzedPhotos == 8)
    }

    @Test func `An older library is brought up to date and keeps what it holds`() throws {
        let store = try SQLiteLibraryStore(path: path)
        let anna = try store.persons.create(name: "Anna")
        var later = LibrarySchema.migrator
        later.registerMigration("test: a later version") { database in
            try database.execute(sql: "ALTER TABLE person ADD COLUMN nickname TEXT")
        }
        try later.migrate(store.writer)
        #expect(try store.persons.all() == [anna])
        #expect(throws: FaceStoreError.newerVersion(path: path)) { try SQLiteLibraryStore(path: path) }
    }
}
