import FaceCore
import Foundation

/// Rows of `task` and `task_error`.
enum TaskTable {
    static func text(_ id: TaskID) -> String { id.uuidString.lowercased() }

    static func id(_ text: String) throws -> TaskID {
        guard let id = TaskID(uuidString: text) else {
            throw FaceStoreError.unexpected(detail: "\(text) is no task id")
        }
        return id
    }

    static func task(_ id: TaskID, in database: Database) throws -> LibraryTask? {
        try fetch("id = ?", [text(id)], in: database).first
    }

    static func known(_ id: TaskID, in database: Database) throws -> LibraryTask {
        guard let task = try task(id, in: database) else { throw FaceStoreError.unknownTask(id) }
        return task
    }

    static func fetch(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [LibraryTask] {
        try rows(condition, arguments, in: database).map(\.task)
    }

    /// Tasks that meet a condition, each with the number of its row.
    static func rows(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [(number: Int64, task: LibraryTask)] {
        let statement = try database.cachedStatement(
            sql: "SELECT rowid AS number, * FROM task WHERE \(condition)")
        let rows = try Row.fetchAll(statement, arguments: arguments)
        let errors = try database.cachedStatement(
            sql: "SELECT file, error FROM task_error WHERE task_id = ? ORDER BY id")
        return try rows.map { row in
            let id: String = row["id"]
            let task = try LibraryTask(
                row: row,
                errors: Row.fetchAll(errors, arguments: [id]).map {
                    TaskFileError(file: $0["file"], error: $0["error"])
                })
            return (row["number"], task)
        }
    }

    static func addError(_ error: TaskFileError, to id: TaskID, in database: Database) throws {
        try database.cachedStatement(sql: "INSERT INTO task_error (task_id, file, error) VALUES (?, ?, ?)")
            .execute(arguments: [text(id), error.file, error.error])
    }

    /// Ends a running task; false when it had ended before. Its files that wait or are in work are cancelled.
    static func end(_ id: TaskID, as outcome: TaskOutcome, now: String, in database: Database) throws -> Bool {
        let (state, persons, message): (LibraryTask.State, Int?, String?) =
            switch outcome {
            case .completed(let persons): (.completed, persons, nil)
            case .failed(let message): (.failed, nil, message)
            case .cancelled: (.cancelled, nil, nil)
            }
        let sql = """
            UPDATE task SET state = ?, unique_persons = coalesce(?, unique_persons), error_message = ?,
                completed_at = ?
            WHERE id = ? AND state = 'processing'
            """
        try database.execute(sql: sql, arguments: [state.rawValue, persons, message, now, text(id)])
        guard database.changesCount > 0 else {
            _ = try known(id, in: database)
            return false
        }
        try TaskFileTable.cancelOpen(of: id, in: database)
        return true
    }
}

extension LibraryTask {
    fileprivate init(row: Row, errors: [TaskFileError]) throws {
        self.init(
            id: try TaskTable.id(row["id"]), kind: try row.value("kind", as: Kind.self),
            state: try row.value("state", as: State.self),
            progress: TaskProgress(
                totalPhotos: row["total_photos"], processedPhotos: row["processed_photos"],
                totalFaces: row["total_faces"]),
            uniquePersons: row["unique_persons"], errorMessage: row["error_message"], errors: errors,
            createdAt: try row.date("created_at"),
            completedAt: row.isNull("completed_at") ? nil : try row.date("completed_at"))
    }
}
