import FaceCore

/// The library in a database that speaks SQL: the statements are the same for all of them, the connection is not.
struct SQLLibraryStore: LibraryStore {
    let connection: LibraryConnection

    var photos: any PhotoRepository { SQLPhotoRepository(connection: connection) }
    var faces: any FaceRepository { SQLFaceRepository(connection: connection) }
    var persons: any PersonRepository { SQLPersonRepository(connection: connection) }
    var tasks: any TaskRepository { SQLTaskRepository(connection: connection) }
    var queue: any TaskQueue { SQLTaskQueue(connection: connection) }
    var removals: any FileRemovals { SQLFileRemovals(connection: connection) }
    var journal: any PersonJournal { SQLPersonJournal(connection: connection) }
    var suggestionAnswers: any SuggestionAnswers { SQLSuggestionAnswers(connection: connection) }
    var collections: any CollectionRepository { SQLCollectionRepository(connection: connection) }
    var keys: any KeyRepository { SQLKeyRepository(connection: connection) }
    var audit: any AuditLog { SQLAuditLog(connection: connection) }
    var attendance: any AttendanceRepository { SQLAttendanceRepository(connection: connection) }
    var webhooks: any WebhookRepository { SQLWebhookRepository(connection: connection) }
    var deliveries: any WebhookQueue { SQLWebhookQueue(connection: connection) }

    func embeddingModel() throws(FaceStoreError) -> ModelID? {
        try connection.read { try LibraryModel.current($0) }
    }

    func adopt(model: ModelID) throws(FaceStoreError) {
        try connection.write { try LibraryModel.adopt(model, in: $0) }
    }

    func peopleVersion() throws(FaceStoreError) -> Int64 {
        try connection.read { try PeopleVersion.current($0) }
    }

    func dump(_ line: (String) -> Void) throws(FaceStoreError) {
        try connection.read { try SQLDump(database: $0).write(line) }
    }

    func counts() throws(FaceStoreError) -> LibraryCounts {
        try connection.read { database in
            let sql = """
                SELECT (SELECT count(*) FROM photo WHERE state = 'analyzed') AS analyzed,
                    (SELECT count(*) FROM photo WHERE state = 'failed') AS failed,
                    (SELECT count(*) FROM face) - (SELECT count(*) FROM face WHERE is_ignored = 1)
                        - (SELECT count(*) FROM face
                            WHERE person_id IN (SELECT id FROM person WHERE deleted_at IS NOT NULL)) AS faces,
                    (SELECT count(*) FROM face WHERE person_id IS NULL)
                        - (SELECT count(*) FROM face WHERE is_ignored = 1) AS unassigned,
                    (SELECT count(*) FROM person WHERE deleted_at IS NULL) AS persons,
                    (SELECT count(*) FROM task) AS tasks
                """
            guard let row = try Row.fetchOne(database, sql: sql) else {
                throw FaceStoreError.unexpected(detail: "no counts")
            }
            return LibraryCounts(
                analyzedPhotos: row["analyzed"], failedPhotos: row["failed"], faces: row["faces"],
                unassignedFaces: row["unassigned"], persons: row["persons"], tasks: row["tasks"])
        }
    }

    func close() throws(FaceStoreError) {
        try connection.close()
    }
}
