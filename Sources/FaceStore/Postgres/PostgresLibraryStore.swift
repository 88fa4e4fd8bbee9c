public import FaceCore
public import Foundation

/// A library in a PostgreSQL database (15 or later), in a schema of its own, which any number of processes on any number of
/// machines may use at the same time.
///
/// Nothing is read between transactions from a memory of this process. A server that is away is waited for up to ten
/// seconds; a transaction that it breaks off fails as a whole and can be tried again. Moments are the server's, so that
/// machines whose clocks differ agree on who holds a photo.
public struct PostgresLibraryStore: LibraryStore {
    private let library: SQLLibraryStore
    let links: PostgresLinks
    var connection: LibraryConnection { library.connection }

    /// Connects, and makes the tables or brings them to this version; several processes may do so at once.
    ///
    /// - Parameters:
    ///   - precision: How new embeddings are written.
    ///   - clock: Gives the present moment; nil takes the server's.
    /// - Throws: `FaceStoreError.unreachable`, `.loginRefused`, `.noDatabase`, `.newerVersion`, `.notALibrary`, `.diskFull`,
    ///   `.readOnly`.
    public init(
        server: PostgresServer, precision: EmbeddingPrecision = .float32, clock: (@Sendable () -> Date)? = nil
    ) throws(FaceStoreError) {
        let links = PostgresLinks(to: server)
        let backend = PostgresBackend(links: links)
        do { try PostgresSchema.migrate(links) } catch { throw backend.failure(of: error) }
        self.links = links
        library = SQLLibraryStore(
            connection: LibraryConnection(backend: backend, precision: precision, clock: clock ?? { links.now }))
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
    /// By an advisory lock of a connection of its own, which ends with the connection at the latest.
    public func exclusively<Value>(_ name: String, _ body: () throws -> Value) throws -> Value? {
        do {
            return try links.lend(opening: "SELECT 1") { link in
                let key = [StatementValue.text("\(links.server.schema).\(name)")]
                let lock = try link.rows("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", key, isKept: false)
                guard PostgresRow(rows: lock, number: 0).value(0) == true else { return nil }
                defer { _ = try? link.rows("SELECT pg_advisory_unlock(hashtextextended($1, 0))", key, isKept: false) }
                return try body()
            }
        } catch let error as PostgresError {
            throw FaceStoreError(error)
        }
    }

    public func close() throws(FaceStoreError) { try library.close() }
}
