import FaceCore
import Foundation
import GRDB
import Testing

@testable import FaceStore

@Suite struct LibrarySchemaTests {
    /// Published migrations: a new one is added at the end, none is changed or taken out.
    @Test func `Migrations are only ever appended`() {
        let published = [
            "001 photos, faces, persons, tasks", "002 uploads, deletion", "003 edits, journal", "004 keys, audit",
            "005 collections", "006 attendance, webhooks",
        ]
        #expect(Array(LibrarySchema.migrator.migrations.prefix(published.count)) == published)
    }

    @Test(arguments: [
        ("001 photos, faces, persons, tasks", SchemaDump.first), ("002 uploads, deletion", SchemaDump.second),
        ("003 edits, journal", SchemaDump.third), ("004 keys, audit", SchemaDump.fourth),
        ("005 collections", SchemaDump.fifth), ("006 attendance, webhooks", SchemaDump.sixth),
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

    @Test func `A library of the second version keeps its people and gets a journal`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("library.sqlite")
        let moment = "2026-01-01T00:00:00.000Z"
        do {
            let pool = try DatabasePool(path: path)
            try LibrarySchema.migrator.migrate(pool, upTo: "002 uploads, deletion")
            try pool.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO meta VALUES ('embedding_model', 'm'), ('embedding_dimension', '1');
                        INSERT INTO photo (content_hash, byte_count, format, width, height, state, model, added_at)
                        VALUES ('\(Sample.hash(1))', 1, 'jpeg', 100, 100, 'analyzed', 'm', '\(moment)');
                        INSERT INTO person (name, search_key, created_at, updated_at, deleted_at)
                        VALUES ('Anna', 'anna', '\(moment)', '\(moment)', NULL),
                            (NULL, NULL, '\(moment)', '\(moment)', '\(moment)');
                        """)
                for (number, person, isPlaced) in [(0, 1, 1), (1, 1, 0), (2, 2, 0)] {
                    try database.execute(
                        sql: """
                            INSERT INTO face (photo_id, ordinal, person_id, is_placed_by_user, box_x, box_y, box_width,
                                box_height, landmark_layout, landmarks, detection_score, created_at)
                            VALUES (1, ?, ?, ?, 1.5, 2, 30, 40, 'eyesNoseMouth', '[[0,0],[1,0],[2,0],[3,0],[4,0]]', 0.5,
                                '\(moment)')
                            """,
                        arguments: [number, person, isPlaced])
                    try database.execute(
                        sql: "INSERT INTO embedding VALUES (?, 'm', 'float32', 1, x'0000803f')",
                        arguments: [number + 1])
                }
            }
            try pool.close()
        }
        let store = try SQLiteLibraryStore(path: path)
        let box = "box=1.5,2.0,30.0,40.0"
        #expect(
            try LibraryDump(of: store).text.split(separator: "\n") == [
                #"meta embedding_dimension="1""#, #"meta embedding_model="m""#,
                "photo 1 hash=\"\(Sample.hash(1))\" state=\"analyzed\" model=\"m\" added=\"\(moment)\"",
                "person 1 name=\"Anna\" revision=0 created=\"\(moment)\" updated=\"\(moment)\"",
                "person 2 deleted revision=0 created=\"\(moment)\" updated=\"\(moment)\"",
                "face 1 photo=1 person=1 placed \(box)", "face 2 photo=1 person=1 \(box)",
                "face 3 photo=1 person=2 \(box)",
            ])
        let face = try #require(try store.faces.face(FaceID(1)))
        #expect(!face.isIgnored && !face.isAddedByHand && face.quality == nil && face.embedding.vector == [1])
        #expect(try store.journal.entries(after: nil, limit: 9).elements.isEmpty)
        #expect(try store.journal.constraints() == PersonConstraints(settled: [PersonID(1)]))
        #expect(try store.faces.changes(since: 0, model: ModelID("m"))?.changed.count == 0)
        try store.journal.perform(.restore(PersonID(2)))
        #expect(try store.persons.all().map(\.faceCount).sorted() == [1, 2])
    }

    @Test func `Rows that contradict themselves are refused`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        let faces = try store.recordFaces(2)
        try store.upload([5])
        _ = try store.makePerson(of: [faces[0]])
        try store.journal.perform(.ignore([faces[1]]))
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
            "UPDATE face SET is_ignored = 1", "UPDATE face SET person_id = 1", "UPDATE face SET sharpness = 1",
            "UPDATE face SET is_added_by_hand = 2", "UPDATE person SET note = ''", "UPDATE person SET is_hidden = 2",
            "UPDATE person SET cover_face_id = 99", "UPDATE person SET birth_date = '1990'",
            "UPDATE person SET revision = -1", "INSERT INTO rejection VALUES (1, 99)",
            "INSERT INTO rejection VALUES (99, 1)", "INSERT INTO separation VALUES (1, 1)",
            "INSERT INTO separation VALUES (0, 1)", "INSERT INTO journal_face VALUES (99, 1, 0, 1, 0, 0, 1, 0, 0)",
            "UPDATE journal SET model_before = 'm'", "INSERT INTO people_version VALUES (2, 0, 0)",
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

    @Test func `What changed is found without reading what did not`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        let statements: [(String, GRDB.StatementArguments)] = [
            (EmbeddingRows.changed(since: 5), ["m"]), (EmbeddingRows.gone, [5]),
        ]
        for (sql, arguments) in statements {
            let plan = try plan(of: sql, arguments, in: store)
            #expect(plan.contains { $0.contains("face_by_change") }, "\(plan)")
            #expect(plan.allSatisfy { !$0.contains("SCAN") }, "\(plan)")
        }
    }

    @Test func `Some people's faces are found without reading those of others`() throws {
        let store = try SQLiteLibraryStore.inMemory()
        let sql = "SELECT face.id FROM face WHERE \(EmbeddingRows.chosen)"
        let plan = try plan(of: sql, ["[1]", "[2]"], in: store)
        #expect(plan.contains { $0.contains("face_by_person") }, "\(plan)")
        #expect(plan.allSatisfy { !$0.contains("SCAN face") }, "\(plan)")
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
