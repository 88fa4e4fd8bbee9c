import FaceCore
import Foundation
internal import GRDB

struct SQLiteTaskRepository: TaskRepository {
    let connection: SQLiteConnection

    func create(_ kind: LibraryTask.Kind, totalPhotos: Int) throws(FaceStoreError) -> LibraryTask {
        let id = TaskID()
        return try connection.write { database in
            try database.execute(
                sql: """
                    INSERT INTO task (id, kind, state, total_photos, created_at) VALUES (?, ?, 'processing', ?, ?)
                    """,
                arguments: [Self.text(id), kind.rawValue, totalPhotos, connection.now()])
            return try Self.known(id, in: database)
        }
    }

    func task(_ id: TaskID) throws(FaceStoreError) -> LibraryTask? {
        try connection.read { try Self.fetch("id = ?", [Self.text(id)], in: $0).first }
    }

    func all(state: LibraryTask.State?, limit: Int?) throws(FaceStoreError) -> [LibraryTask] {
        try connection.read { database in
            try Self.fetch(
                "?1 IS NULL OR state = ?1 ORDER BY created_at DESC, rowid DESC LIMIT ?2",
                [state?.rawValue, limit.map { max($0, 0) } ?? -1], in: database)
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
                progress.totalPhotos, progress.processedPhotos, progress.totalFaces, Self.text(id),
            ])
            guard database.changesCount > 0 else {
                _ = try Self.known(id, in: database)
                throw FaceStoreError.taskHasEnded(id)
            }
            for error in newErrors {
                try database.execute(
                    sql: "INSERT INTO task_error (task_id, file, error) VALUES (?, ?, ?)",
                    arguments: [Self.text(id), error.file, error.error])
            }
        }
    }

    func finish(_ id: TaskID, as outcome: TaskOutcome) throws(FaceStoreError) -> Bool {
        let (state, persons, message): (LibraryTask.State, Int?, String?) =
            switch outcome {
            case .completed(let persons): (.completed, persons, nil)
            case .failed(let message): (.failed, nil, message)
            case .cancelled: (.cancelled, nil, nil)
            }
        return try connection.write { database in
            let sql = """
                UPDATE task SET state = ?, unique_persons = coalesce(?, unique_persons), error_message = ?,
                    completed_at = ?
                WHERE id = ? AND state = 'processing'
                """
            try database.execute(
                sql: sql, arguments: [state.rawValue, persons, message, connection.now(), Self.text(id)])
            guard database.changesCount == 0 else { return true }
            _ = try Self.known(id, in: database)
            return false
        }
    }

    private static func text(_ id: TaskID) -> String { id.uuidString.lowercased() }

    private static func known(_ id: TaskID, in database: Database) throws -> LibraryTask {
        guard let task = try fetch("id = ?", [text(id)], in: database).first else {
            throw FaceStoreError.unknownTask(id)
        }
        return task
    }

    private static func fetch(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [LibraryTask] {
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM task WHERE \(condition)", arguments: arguments)
        let errors = try database.cachedStatement(
            sql: "SELECT file, error FROM task_error WHERE task_id = ? ORDER BY id")
        return try rows.map { row in
            let id: String = row["id"]
            return try LibraryTask(
                row: row,
                errors: Row.fetchAll(errors, arguments: [id]).map {
                    TaskFileError(file: $0["file"], error: $0["error"])
                })
        }
    }
}

extension LibraryTask {
    fileprivate init(row: Row, errors: [TaskFileError]) throws {
        let text: String = row["id"]
        guard let id = TaskID(uuidString: text) else {
            throw FaceStoreError.unexpected(detail: "\(text) is no task id")
        }
        self.init(
            id: id, kind: try row.value("kind", as: Kind.self), state: try row.value("state", as: State.self),
            progress: TaskProgress(
                totalPhotos: row["total_photos"], processedPhotos: row["processed_photos"],
                totalFaces: row["total_faces"]),
            uniquePersons: row["unique_persons"], errorMessage: row["error_message"], errors: errors,
            createdAt: try row.date("created_at"),
            completedAt: row["completed_at"] == nil ? nil : try row.date("completed_at"))
    }
}
