import FaceCore
import Foundation

struct SQLTaskRepository: TaskRepository {
    let connection: LibraryConnection

    func create(_ kind: LibraryTask.Kind, totalPhotos: Int) throws(FaceStoreError) -> LibraryTask {
        let id = TaskID()
        return try connection.write { database in
            try database.execute(
                sql: """
                    INSERT INTO task (id, kind, state, total_photos, created_at) VALUES (?, ?, 'processing', ?, ?)
                    """,
                arguments: [TaskTable.text(id), kind.rawValue, totalPhotos, connection.now()])
            return try TaskTable.known(id, in: database)
        }
    }

    func task(_ id: TaskID) throws(FaceStoreError) -> LibraryTask? {
        try connection.read { try TaskTable.task(id, in: $0) }
    }

    func all(state: LibraryTask.State?, limit: Int?) throws(FaceStoreError) -> [LibraryTask] {
        try connection.read { database in
            try TaskTable.fetch(
                "?1 IS NULL OR state = ?1 ORDER BY created_at DESC, rowid DESC LIMIT ?2",
                [state?.rawValue, limit.map { max($0, 0) } ?? -1], in: database)
        }
    }

    func page(
        state: LibraryTask.State?, after cursor: PageCursor?, limit: Int
    ) throws(FaceStoreError) -> Page<LibraryTask> {
        var condition = "TRUE"
        var arguments: StatementArguments = []
        if let state {
            condition += " AND state = ?"
            arguments += [state.rawValue]
        }
        if let cursor {
            condition += " AND (created_at, rowid) < (?, ?)"
            arguments += [cursor.text, cursor.id]
        }
        return try connection.read { database in
            let rows = try TaskTable.rows(
                condition + " ORDER BY created_at DESC, rowid DESC LIMIT ?", arguments + [limit.andOneMore],
                in: database)
            return Page(rows, limit: limit, element: \.task) { PageCursor($0.task.createdAt, id: $0.number) }
        }
    }

    func update(
        _ id: TaskID, progress: TaskProgress, newErrors: [TaskFileError]
    ) throws(FaceStoreError) {
        try connection.write { database in
            let sql = """
                UPDATE task SET total_photos = ?, processed_photos = ?, total_faces = ?
                WHERE id = ? AND state = 'processing'
                """
            try database.cachedStatement(sql: sql).execute(arguments: [
                progress.totalPhotos, progress.processedPhotos, progress.totalFaces, TaskTable.text(id),
            ])
            guard database.changesCount > 0 else {
                _ = try TaskTable.known(id, in: database)
                throw FaceStoreError.taskHasEnded(id)
            }
            for error in newErrors { try TaskTable.addError(error, to: id, in: database) }
        }
    }

    func finish(_ id: TaskID, as outcome: TaskOutcome) throws(FaceStoreError) -> Bool {
        try connection.write { try TaskTable.end(id, as: outcome, now: connection.now(), in: $0) }
    }
}
