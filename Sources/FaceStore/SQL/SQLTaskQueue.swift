import FaceCore
import Foundation

struct SQLTaskQueue: TaskQueue {
    let connection: LibraryConnection

    func enqueue(
        _ id: TaskID, files: [QueuedFile], overrides: AnalysisOverrides
    ) throws(FaceStoreError) -> LibraryTask {
        try connection.write { try insert(id, files, overrides, in: $0) }
    }

    func enqueue(
        _ id: TaskID, files: [QueuedFile], claimedBy worker: String, lease: Duration
    ) throws(FaceStoreError) -> [ClaimedPhoto] {
        try connection.write { database in
            _ = try insert(id, files, AnalysisOverrides(), in: database)
            let until = Self.end(of: lease, from: connection.clock())
            return try files.indices.filter { files[$0].rejection == nil }.map {
                try TaskFileTable.claim(task: id, ordinal: $0, worker: worker, until: until, in: database)
            }
        }
    }

    private func insert(
        _ id: TaskID, _ files: [QueuedFile], _ overrides: AnalysisOverrides, in database: Database
    ) throws -> LibraryTask {
        guard try TaskTable.task(id, in: database) == nil else { throw FaceStoreError.taskExists(id) }
        let rejected = files.filter { $0.rejection != nil }
        try database.execute(
            sql: """
                INSERT INTO task (id, kind, state, total_photos, processed_photos, minimum_size, minimum_score,
                    created_at)
                VALUES (?, 'upload', 'processing', ?, ?, ?, ?, ?)
                """,
            arguments: [
                TaskTable.text(id), files.count, rejected.count, overrides.minimumSize, overrides.minimumScore,
                connection.now(),
            ])
        for (ordinal, file) in files.enumerated() {
            try TaskFileTable.insert(file, ordinal: ordinal, task: id, in: database)
        }
        for file in rejected {
            let error = TaskFileError(file: file.displayName, error: file.rejection ?? "")
            try TaskTable.addError(error, to: id, in: database)
            if !file.storedName.isEmpty {
                try FileRemovalTable.insert(.everything, storedName: file.storedName, photo: nil, in: database)
            }
        }
        return try TaskTable.known(id, in: database)
    }

    func claim(worker: String, lease: Duration) throws(FaceStoreError) -> ClaimedPhoto? {
        try connection.writeBesideOthers { database in
            let now = connection.clock()
            guard let next = try TaskFileTable.next(now: Timestamp(now).text, in: database) else { return nil }
            return try TaskFileTable.claim(
                task: next.task, ordinal: next.ordinal, worker: worker, until: Self.end(of: lease, from: now),
                in: database)
        }
    }

    func renew(_ claim: ClaimedPhoto, lease: Duration) throws(FaceStoreError) -> Bool {
        try connection.writeBesideOthers { database in
            try TaskFileTable.update(
                claim, set: "leased_until = ?", [Self.end(of: lease, from: connection.clock())], in: database)
        }
    }

    func finish(_ claim: ClaimedPhoto, _ outcome: PhotoOutcome) throws(FaceStoreError) -> LibraryTask {
        try connection.write { database in
            try SQLPhotoFinish(claim: claim, connection: connection, database: database).apply(outcome)
        }
    }

    func giveBack(_ claim: ClaimedPhoto) throws(FaceStoreError) {
        try connection.writeBesideOthers { database in
            _ = try TaskFileTable.update(
                claim, set: "state = 'queued', worker = NULL, leased_until = NULL, attempts = max(attempts - 1, 0)", [],
                in: database)
        }
    }

    func giveBack(everythingOf worker: String) throws(FaceStoreError) -> Int {
        try connection.write { database in
            try database.execute(
                sql: """
                    UPDATE task_file SET state = 'queued', worker = NULL, leased_until = NULL
                    WHERE state IN ('queued', 'in_work') AND state = 'in_work' AND worker = ?
                    """,
                arguments: [worker])
            return database.changesCount
        }
    }

    func tasksToEnd() throws(FaceStoreError) -> [TaskID] {
        try connection.read { database in
            let sql = """
                SELECT id FROM task WHERE state = 'processing' AND kind = 'upload' AND processed_photos >= total_photos
                ORDER BY created_at, rowid
                """
            return try String.fetchAll(database.cachedStatement(sql: sql)).map(TaskTable.id)
        }
    }

    func end(_ id: TaskID) throws(FaceStoreError) -> LibraryTask? {
        try connection.write { database in
            let task = try TaskTable.known(id, in: database)
            guard task.state == .processing else { return nil }
            guard task.progress.processedPhotos >= task.progress.totalPhotos else {
                throw FaceStoreError.taskHasPhotosLeft(id)
            }
            let hasPhotos = "SELECT EXISTS (SELECT * FROM task_file WHERE task_id = ? AND state = 'done')"
            let outcome: TaskOutcome =
                try Bool.fetchOne(database, sql: hasPhotos, arguments: [TaskTable.text(id)]) == true
                ? .completed(uniquePersons: try Self.uniquePersons(of: id, in: database))
                : .failed(message: "None of the files is a photo that can be read.")
            _ = try TaskTable.end(id, as: outcome, now: connection.now(), in: database)
            return try TaskTable.known(id, in: database)
        }
    }

    func cancel(_ id: TaskID) throws(FaceStoreError) -> LibraryTask? {
        try connection.write { database in
            guard try TaskTable.end(id, as: .cancelled, now: connection.now(), in: database) else { return nil }
            return try TaskTable.known(id, in: database)
        }
    }

    func files(of id: TaskID) throws(FaceStoreError) -> [TaskFile] {
        try connection.read { try TaskFileTable.files(of: id, in: $0) }
    }

    func queueLength() throws(FaceStoreError) -> Int {
        try connection.read { database in
            // Reads the tasks and what is in work, and none of the many files that wait.
            let sql = """
                SELECT sum(total_photos - processed_photos - (
                    SELECT count(*) FROM task_file INDEXED BY task_file_open
                    WHERE task_id = task.id AND state IN ('queued', 'in_work') AND state = 'in_work'
                        AND leased_until > ?))
                FROM task WHERE state = 'processing' AND kind = 'upload'
                """
            return try Int.fetchOne(database.cachedStatement(sql: sql), arguments: [connection.now()]) ?? 0
        }
    }

    private static func end(of lease: Duration, from now: Date) -> String {
        let (seconds, attoseconds) = lease.components
        return Timestamp(now.addingTimeInterval(Double(seconds) + Double(attoseconds) * 1e-18)).text
    }

    /// Distinct persons of the faces that count under the task's overrides, on its photos.
    private static func uniquePersons(of id: TaskID, in database: Database) throws -> Int {
        let sql = """
            SELECT count(DISTINCT face.person_id)
            FROM task JOIN task_file ON task_file.task_id = task.id JOIN face ON face.photo_id = task_file.photo_id
            WHERE task.id = ? AND \(FaceTable.isVisible)
                AND \(FaceTable.counts(minimumSize: "task.minimum_size", minimumScore: "task.minimum_score"))
            """
        return try Int.fetchOne(database, sql: sql, arguments: [TaskTable.text(id)]) ?? 0
    }
}
