public import FaceCore

/// A library of photos, faces and people that outlives the process.
///
/// All calls are synchronous, may block on the disk and may come from any thread; each is one transaction. What a call
/// has written, every later call sees.
public protocol LibraryStore: Sendable {
    var photos: any PhotoRepository { get }
    var faces: any FaceRepository { get }
    var persons: any PersonRepository { get }
    var tasks: any TaskRepository { get }
    var queue: any TaskQueue { get }
    var removals: any FileRemovals { get }
    var journal: any PersonJournal { get }
    var suggestionAnswers: any SuggestionAnswers { get }
    var collections: any CollectionRepository { get }
    var keys: any KeyRepository { get }
    var audit: any AuditLog { get }
    var attendance: any AttendanceRepository { get }
    var webhooks: any WebhookRepository { get }
    var deliveries: any WebhookQueue { get }

    /// The model whose embeddings the library holds; nil as long as no pack was used.
    func embeddingModel() throws(FaceStoreError) -> ModelID?

    /// Declares which model is about to be used. The first one becomes the library's; as long as no photo is analysed,
    /// another one may take its place.
    ///
    /// - Throws: `FaceStoreError.modelMismatch` when the library holds photos analysed with another model.
    func adopt(model: ModelID) throws(FaceStoreError)

    func counts() throws(FaceStoreError) -> LibraryCounts

    /// A number that has risen whenever faces, their persons, their embeddings or what users said of them may have changed,
    /// by anybody, also in another process. Cheap to ask for.
    func peopleVersion() throws(FaceStoreError) -> Int64

    /// Gives the lines of the library's logical dump, one after the other, as they are at one moment: see `LibraryDump`.
    func dump(_ line: (String) -> Void) throws(FaceStoreError)

    /// Runs the body unless somebody runs one of this name already, be it in another process: then nothing is done. Should
    /// the process die, the next one may.
    ///
    /// - Returns: what the body returns; nil when somebody else is at it.
    /// - Throws: what the body throws, and `FaceStoreError`.
    func exclusively<Value>(_ name: String, _ body: () throws -> Value) throws -> Value?

    /// Ends all use of the library; calls from now on throw `FaceStoreError.closed`.
    func close() throws(FaceStoreError)
}

extension LibraryStore {
    /// For a library that one process at a time works on: nobody else can be at it.
    public func exclusively<Value>(_ name: String, _ body: () throws -> Value) throws -> Value? { try body() }
}
