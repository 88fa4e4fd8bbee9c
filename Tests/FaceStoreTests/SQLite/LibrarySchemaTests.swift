import FaceCore
import Foundation
import GRDB
import Testing

@testable import FaceStore

@Suite struct LibrarySchemaTests {
    /// Published migrations: a new one is added at the end, none is changed or taken out.
    @Test func `Migrations are only ever appended`() {
        let published = ["001 photos, faces, persons, tasks"]
        #expect(Array(LibrarySchema.migrator.migrations.prefix(published.count)) == published)
    }

    @Test func `The first migration still makes the tables that it was published with`() throws {
        let queue = try DatabaseQueue()
        try LibrarySchema.migrator.migrate(queue, upTo: "001 photos, faces, persons, tasks")
        let dump = try queue.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT sql FROM sqlite_schema
                    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name <> 'grdb_migrations' ORDER BY rowid
                    """)
        }
        #expect(dump.joined(separator: ";\n") + ";\n" == SchemaDump.first)
    }

    @Test func `Rows that contradict themselves are refused`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        _ = try store.recordFaces(1)
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
        let plan = try store.connection.read { database in
            try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + FaceTable.allEmbeddings, arguments: ["m"])
                .map { $0["detail"] as String }
        }
        #expect(!plan.isEmpty && plan.allSatisfy { !$0.contains("TEMP B-TREE") }, "\(plan)")
    }
}
