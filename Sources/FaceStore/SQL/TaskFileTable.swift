import FaceCore

/// Rows of `task_file`.
enum TaskFileTable {
    /// Written into the column `state`.
    enum State: String {
        case queued
        case inWork = "in_work"
        case done
        case failed
        case cancelled
    }

    static func insert(_ file: QueuedFile, ordinal: Int, task: TaskID, in database: Database) throws {
        let sql = """
            INSERT INTO task_file (task_id, ordinal, display_name, stored_name, content_hash, byte_count, state, failure)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        let state: State = file.rejection == nil ? .queued : .failed
        try database.cachedStatement(sql: sql).execute(arguments: [
            TaskTable.text(task), ordinal, file.displayName, file.storedName, file.contentHash.rawValue,
            file.byteCount, state.rawValue, file.rejection,
        ])
    }

    private static let waits = "(state = 'queued' OR (state = 'in_work' AND leased_until <= :now))"
    /// Implied by `waits`; it lets SQLite use the index of open files, which it has to be told to do.
    private static let isOpen = "state IN ('queued', 'in_work')"

    static let nextTask = """
        SELECT id FROM task
        WHERE state = 'processing'
            AND EXISTS (
                SELECT * FROM task_file INDEXED BY task_file_open
                WHERE task_id = task.id AND \(isOpen) AND \(waits))
        ORDER BY
            (SELECT count(*) FROM task_file INDEXED BY task_file_open
                WHERE task_id = task.id AND \(isOpen) AND state = 'in_work' AND leased_until > :now),
            total_photos - processed_photos, created_at, rowid
        LIMIT 1
        """

    static let nextOrdinal = """
        SELECT ordinal FROM task_file INDEXED BY task_file_open WHERE task_id = :task AND \(isOpen) AND \(waits)
        ORDER BY ordinal LIMIT 1
        """

    /// How often another file is looked for when others were quicker; then nothing waits as far as this worker is
    /// concerned, until he looks again.
    private static let claimAttempts = 5

    /// The file that the next claim gets, by the rule of `TaskQueue.claim`.
    static func next(now: String, in database: Database) throws -> (task: TaskID, ordinal: Int)? {
        let statement = try database.cachedStatement(sql: "\(nextOrdinal) \(database.lockingClause)")
        for _ in 0..<claimAttempts {
            let task = try String.fetchOne(database.cachedStatement(sql: nextTask), arguments: ["now": now])
            guard let task else { return nil }
            if let ordinal = try Int.fetchOne(statement, arguments: ["task": task, "now": now]) {
                return (try TaskTable.id(task), ordinal)
            }
            // All that waited of it are just being claimed by others.
        }
        return nil
    }

    static func claim(
        task: TaskID, ordinal: Int, worker: String, until: String, in database: Database
    ) throws -> ClaimedPhoto {
        let sql = """
            UPDATE task_file SET state = 'in_work', worker = ?, leased_until = ?, lease = lease + 1,
                attempts = attempts + 1
            WHERE task_id = ? AND ordinal = ?
            """
        try database.cachedStatement(sql: sql).execute(arguments: [worker, until, TaskTable.text(task), ordinal])
        let claimed = """
            SELECT file.display_name, file.stored_name, file.content_hash, file.byte_count, file.lease, file.attempts,
                task.minimum_size, task.minimum_score
            FROM task_file AS file JOIN task ON task.id = file.task_id WHERE file.task_id = ? AND file.ordinal = ?
            """
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: claimed), arguments: [TaskTable.text(task), ordinal])
        else { throw FaceStoreError.unexpected(detail: "the claimed file is gone") }
        return ClaimedPhoto(
            task: task, index: ordinal,
            file: QueuedFile(
                displayName: row["display_name"], storedName: row["stored_name"],
                contentHash: ContentHash(rawValue: row["content_hash"]), byteCount: row["byte_count"]),
            overrides: AnalysisOverrides(minimumSize: row["minimum_size"], minimumScore: row["minimum_score"]),
            lease: LeaseID(row["lease"]), attempt: row["attempts"])
    }

    /// Changes columns of a file that is still in the hands of the claim; false when it is not.
    static func update(
        _ claim: ClaimedPhoto, set columns: String, _ values: StatementArguments, in database: Database
    ) throws -> Bool {
        let sql = """
            UPDATE task_file SET \(columns) WHERE task_id = ? AND ordinal = ? AND lease = ? AND state = 'in_work'
            """
        try database.cachedStatement(sql: sql).execute(
            arguments: values + [TaskTable.text(claim.task), claim.index, claim.lease.rawValue])
        return database.changesCount > 0
    }

    /// How far the file is, when this claim was the last one on it; nil when another one was, or there is no such file.
    static func state(of claim: ClaimedPhoto, in database: Database) throws -> State? {
        let sql = "SELECT state FROM task_file WHERE task_id = ? AND ordinal = ? AND lease = ?"
        let row = try Row.fetchOne(
            database.cachedStatement(sql: sql),
            arguments: [TaskTable.text(claim.task), claim.index, claim.lease.rawValue])
        return try row.map { try $0.value("state", as: State.self) }
    }

    /// Takes files that wait or are in work out of the queue; what is stored of them is not needed any more.
    static func cancelOpen(of task: TaskID, in database: Database) throws {
        let condition = "task_id = ? AND state IN ('queued', 'in_work')"
        try database.execute(
            sql: """
                INSERT INTO file_removal (scope, stored_name)
                SELECT 'everything', stored_name FROM task_file WHERE \(condition)
                """,
            arguments: [TaskTable.text(task)])
        try database.execute(
            sql: "UPDATE task_file SET state = 'cancelled', worker = NULL, leased_until = NULL WHERE \(condition)",
            arguments: [TaskTable.text(task)])
    }

    static func files(of task: TaskID, in database: Database) throws -> [TaskFile] {
        let sql = """
            SELECT ordinal, display_name, state, photo_id, face_count, failure FROM task_file
            WHERE task_id = ? ORDER BY ordinal
            """
        return try Row.fetchAll(database, sql: sql, arguments: [TaskTable.text(task)]).map { row in
            let state: TaskFile.State =
                switch try row.value("state", as: State.self) {
                case .queued: .queued
                case .inWork: .inWork
                case .done: .done((row["photo_id"] as Int64?).map { PhotoID($0) })
                case .failed: .failed(reason: row["failure"])
                case .cancelled: .cancelled
                }
            return TaskFile(
                index: row["ordinal"], displayName: row["display_name"], state: state, faceCount: row["face_count"])
        }
    }
}
