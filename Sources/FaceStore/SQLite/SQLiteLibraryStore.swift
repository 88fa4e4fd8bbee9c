public import FaceCore
public import Foundation
internal import GRDB

/// A library in one SQLite file (beside which SQLite keeps a `-wal` and a `-shm` file while it is open).
///
/// Readers do not wait for writers. Several stores and processes may use one file at the same time; a write waits up to
/// ten seconds for another one. A commit survives a power cut.
public struct SQLiteLibraryStore: LibraryStore {
    private let library: SQLLibraryStore
    var connection: LibraryConnection { library.connection }

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
        library = SQLLibraryStore(
            connection: LibraryConnection(
                backend: SQLiteBackend(writer: writer), precision: precision, clock: clock))
    }

    private init(connection: LibraryConnection) {
        library = SQLLibraryStore(connection: connection)
    }

    /// A library that lives as long as the value and its copies, for tests and for trying things out.
    public static func inMemory(
        precision: EmbeddingPrecision = .float32, clock: @escaping @Sendable () -> Date = { Date() }
    ) throws(FaceStoreError) -> SQLiteLibraryStore {
        do {
            let queue = try DatabaseQueue()
            try LibrarySchema.migrator.migrate(queue)
            return SQLiteLibraryStore(
                connection: LibraryConnection(backend: SQLiteBackend(writer: queue), precision: precision, clock: clock)
            )
        } catch {
            throw FaceStoreError(error)
        }
    }

    public var photos: any PhotoRepository { library.photos }
    public var faces: any FaceRepository { library.faces }
    public var persons: any PersonRepository { library.persons }
    public var tasks: any TaskRepository { library.tasks }
    public var queue: any TaskQueue { library.queue }
    public var removals: any FileRemovals { library.removals }
    public var journal: any PersonJournal { library.journal }
    public var suggestionAnswers: any SuggestionAnswers { library.suggestionAnswers }
    public var collections: any CollectionRepository { library.collections }
    public var keys: any KeyRepository { library.keys }
    public var audit: any AuditLog { library.audit }
    public var attendance: any AttendanceRepository { library.attendance }
    public var webhooks: any WebhookRepository { library.webhooks }
    public var deliveries: any WebhookQueue { library.deliveries }

    public func embeddingModel() throws(FaceStoreError) -> ModelID? { try library.embeddingModel() }
    public func adopt(model: ModelID) throws(FaceStoreError) { try library.adopt(model: model) }
    public func counts() throws(FaceStoreError) -> LibraryCounts { try library.counts() }
    public func peopleVersion() throws(FaceStoreError) -> Int64 { try library.peopleVersion() }
    public func dump(_ line: (String) -> Void) throws(FaceStoreError) { try library.dump(line) }
    public func close() throws(FaceStoreError) { try library.close() }
}
