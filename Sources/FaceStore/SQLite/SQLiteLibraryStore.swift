public import FaceCore
public import Foundation
internal import GRDB

/// A library in one SQLite file (beside which SQLite keeps a `-wal` and a `-shm` file while it is open).
///
/// Readers do not wait for writers. Several stores and processes may use one file at the same time; a write waits up to
/// ten seconds for another one. A commit survives a power cut.
public struct SQLiteLibraryStore: LibraryStore {
    let connection: SQLiteConnection

    public var photos: any PhotoRepository { SQLitePhotoRepository(connection: connection) }
    public var faces: any FaceRepository { SQLiteFaceRepository(connection: connection) }
    public var persons: any PersonRepository { SQLitePersonRepository(connection: connection) }
    public var tasks: any TaskRepository { SQLiteTaskRepository(connection: connection) }
    public var queue: any TaskQueue { SQLiteTaskQueue(connection: connection) }
    public var removals: any FileRemovals { SQLiteFileRemovals(connection: connection) }
    public var journal: any PersonJournal { SQLitePersonJournal(connection: connection) }
    public var suggestionAnswers: any SuggestionAnswers { SQLiteSuggestionAnswers(connection: connection) }

    /// Opens the library at `path`, or makes it together with its folder, readable by this user only.
    ///
    /// - Parameters:
    ///   - precision: How new embeddings are written.
    ///   - clock: Gives the present moment.
    /// - Throws: `FaceStoreError.newerVersion`, `.notADatabase`, `.notALibrary` (the file is left as it is), `.cannotOpen`,
    ///   `.readOnly`, `.diskFull`, `.locked`, `.damaged`.
    public init(
        path: String, precision: EmbeddingPrecision = .float32, clock: @escaping @Sendable () -> Date = { Date() }
    ) throws(FaceStoreError) {
        try self.init(path: path, precision: precision, busyTimeout: 10, clock: clock)
    }

    /// - Parameter busyTimeout: Seconds that a write waits for another process.
    init(
        path: String, precision: EmbeddingPrecision = .float32, busyTimeout: TimeInterval,
        clock: @escaping @Sendable () -> Date = { Date() }
    ) throws(FaceStoreError) {
        let writer = try SQLiteOpening(path: path, busyTimeout: busyTimeout).open()
        connection = SQLiteConnection(writer: writer, precision: precision, clock: clock)
    }

    private init(connection: SQLiteConnection) {
        self.connection = connection
    }

    /// A library that lives as long as the value and its copies, for tests and for trying things out.
    public static func inMemory(
        precision: EmbeddingPrecision = .float32, clock: @escaping @Sendable () -> Date = { Date() }
    ) throws(FaceStoreError) -> SQLiteLibraryStore {
        do {
            let queue = try DatabaseQueue()
            try LibrarySchema.migrator.migrate(queue)
            return SQLiteLibraryStore(
                connection: SQLiteConnection(writer: queue, precision: precision, clock: clock))
        } catch {
            throw FaceStoreError(error)
        }
    }

    public func embeddingModel() throws(FaceStoreError) -> ModelID? {
        try connection.read { try LibraryModel.current($0) }
    }

    public func adopt(model: ModelID) throws(FaceStoreError) {
        try connection.write { try LibraryModel.adopt(model, in: $0) }
    }

    public func peopleVersion() throws(FaceStoreError) -> Int64 {
        try connection.read { try PeopleVersion.current($0) }
    }

    public func dump(_ line: (String) -> Void) throws(FaceStoreError) {
        try connection.read { try SQLiteDump(database: $0).write(line) }
    }

    public func counts() throws(FaceStoreError) -> LibraryCounts {
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

    public func close() throws(FaceStoreError) {
        try connection.close()
    }
}
