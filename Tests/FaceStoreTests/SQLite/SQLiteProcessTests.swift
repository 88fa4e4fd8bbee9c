import FaceCore
import Foundation
import GRDB
import Testing

@testable import FaceStore

@Suite struct SQLiteProcessTests {
    @Test func `A process killed in the middle of a write leaves nothing of it`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("library.sqlite")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try SQLiteLibraryStore(path: path)
            _ = try store.photos.record(Sample.photo(1), at: Sample.location("/1.jpg"), faces: Sample.faces(0..<3))
            try store.connection.write { database in
                // More than the page cache holds, so that some of it has reached the log.
                let face = try #require(try Int64.fetchOne(database, sql: "SELECT min(id) FROM face"))
                for model in 0..<5000 {
                    try database.execute(
                        sql: "INSERT INTO embedding VALUES (?, ?, 'float32', 1024, zeroblob(4096))",
                        arguments: [face, "\(model)"])
                }
                kill(getpid(), SIGKILL)
            }
        }
        let store = try SQLiteLibraryStore(path: path)
        let counts = try store.counts()
        #expect(counts.analyzedPhotos == 1 && counts.faces == 3)
        #expect(try store.value("SELECT count(*) FROM embedding") == 3)
        #expect(try store.value("PRAGMA integrity_check") == "ok")
        #expect(try store.photos.record(Sample.photo(2), at: nil, faces: Sample.faces(0..<1)).outcome == .added)
    }

    @Test func `Three processes that scan the same photos store them once`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("library.sqlite")
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String] in
                        let store = try SQLiteLibraryStore(path: path)
                        for number in 0..<40 {
                            _ = try store.photos.record(
                                Sample.photo(number), at: Sample.location("/\(number).jpg"),
                                faces: Sample.faces(0..<2))
                        }
                        try store.close()
                    }
                }
            }
        }
        let counts = try SQLiteLibraryStore(path: path).counts()
        #expect(counts.analyzedPhotos == 40 && counts.faces == 80)
    }
}
