import FaceCore
import Foundation
import GRDB
import Testing

@testable import FaceStore

@Suite struct LibrarySchemaTests {
    /// Published migrations: a new one is added at the end, none is changed or taken out.
    @Test func `Migrations are only ever appended`() {
        let published = ["001 photos, faces, persons, tasks", "002 uploads, deletion"]
        #expect(Array(LibrarySchema.migrator.migrations.prefix(published.count)) == published)
    }

    @Test(arguments: [
        ("001 photos, faces, persons, tasks", SchemaDump.first), ("002 uploads, deletion", SchemaDump.second),
    ])
    func `A migration still makes the tables that it was published with`(name: String, dump: String) throws {
        let queue = try DatabaseQueue()
        try LibrarySchema.migrator.migrate(queue, upTo: name)
        let found = try queue.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT sql FROM sqlite_schema
                    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations' ORDER BY rowid
                    """)
        }
        #expect(found.joined(separator: ";\n") + ";\n" == dump)
    }

    @Test func `A library of the first version keeps everything and gets the new tables`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("library.sqlite")
        do {
            let pool = try DatabasePool(path: path)
            try LibrarySchema.migrator.migrate(pool, upTo: "001 photos, faces, persons, tasks")
            try pool.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO photo (content_hash, byte_count, format, width, height, state, model, added_at)
                        VALUES ('\(Sample.hash(1))', 1, 'jpeg', 1, 1, 'analyzed', 'm', '2026-01-01T00:00:00.000Z');
                        INSERT INTO person (name, search_key, created_at, updated_at)
                        VALUES ('Anna', 'anna', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z');
                        INSERT INTO task (id, kind, state, created_at)
                        VALUES ('\(UUID().uuidString.lowercased())', 'scan', 'processing', '2026-01-01T00:00:00.000Z');
                        """)
            }
            try pool.close()
        }
        let store = try SQLiteLibraryStore(path: path)
        let photo = try #require(try store.photos.photo(withHash: Sample.hash(1)))
        #expect(photo.upload == nil && photo.limits == nil && !photo.lacksErasedFaces)
        #expect(photo.covers(AnalysisLimits(minimumSize: 0, minimumScore: 0)))
        #expect(try store.persons.find("anna").map(\.name) == ["Anna"])
        #expect(try store.tasks.all().count == 1 && store.queue.tasksToEnd().isEmpty)
        try store.upload([2])
        try store.queue.finish(
            try #require(try store.queue.claim(worker: "a", lease: Sample.lease)), .known(photo.id))
        #expect(try store.photos.photo(photo.id)?.upload != nil)
    }

    @Test func `Rows that contradict themselves are refused`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        _ = try store.recordFaces(1)
        try store.upload([5])
        let contradictions = [
            "UPDATE photo SET model = NULL", "UPDATE photo SET state = 'failed'", "UPDATE photo SET width = NULL",
            "UPDATE photo SET byte_count = -1", "UPDATE face SET person_id = 99", "UPDATE face SET photo_id = 99",
            "UPDATE face SET is_placed_by_user = 2", "UPDATE face SET landmarks = '[1]'",
            "UPDATE face SET attributes = '{'", "UPDATE face SET box_x = NULL",
            "UPDATE embedding SET vector = zeroblob(3)", "UPDATE embedding SET precision = 'float8'",
            "INSERT INTO person (name, created_at, updated_at) VALUES ('Anna', '', '')",
            "INSERT INTO person (name, search_key, created_at, updated_at) VALUES ('', '', '', '')",
            "INSERT INTO task (id, kind, state, created_at) VALUES (hex(randomblob(18)), 'scan', 'completed', '')",
            "INSERT INTO task_error (task_id, file, error) VALUES ('none', '', '')",
            "UPDATE photo SET stored_name = 'a/b'", "UPDATE photo SET minimum_size = 30",
            "UPDATE photo SET lacks_erased_faces = 2", "UPDATE task_file SET state = 'in_work'",
            "UPDATE task_file SET state = 'failed'", "UPDATE task_file SET photo_id = 1",
            "UPDATE task_file SET photo_id = 99, state = 'done'", "UPDATE task_file SET worker = 'a'",
            "INSERT INTO file_removal (scope) VALUES ('everything')",
        ]
        for sql in contradictions {
            #expect(throws: DatabaseError.self, "\(sql)") { try store.execute(sql) }
        }
    }

    @Test func `A state of a later version does not look like one of today`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        let photo = try store.photos.record(Sample.photo(1), at: nil, faces: []).photo.id
        try store.execute("UPDATE photo SET state = 'queued'")
        #expect(throws: FaceStoreError.self) { try store.photos.photo(photo) }
    }

    @Test func `All embeddings are read without sorting them`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        _ = try store.recordFaces(1)
        let plan = try plan(of: EmbeddingRows.all, ["m"], in: store)
        #expect(!plan.isEmpty && plan.allSatisfy { !$0.contains("TEMP B-TREE") }, "\(plan)")
    }

    @Test func `The next photo is found without reading those that are done`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        for sql in [TaskFileTable.nextTask, TaskFileTable.nextOrdinal] {
            let plan = try plan(of: sql, sql.contains(":task") ? ["now": "", "task": ""] : ["now": ""], in: store)
            let files = plan.filter { $0.contains("task_file") }
            #expect(!files.isEmpty && files.allSatisfy { $0.contains("task_file_open") }, "\(plan)")
            #expect(plan.allSatisfy { !$0.contains("SCAN task_file") }, "\(plan)")
        }
    }

    private func plan(
        of sql: String, _ arguments: GRDB.StatementArguments, in store: SQLiteLibraryStore
    ) throws -> [String] {
        try store.writer.read { database in
            try GRDB.Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments)
                .map { $0["detail"] as String }
        }
    }
}
