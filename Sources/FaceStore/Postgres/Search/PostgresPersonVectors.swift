public import FaceCore
import Foundation
import Synchronization

/// Vectors in PostgreSQL by the extension pgvector (0.5 or later), searched by HNSW: Malkov and Yashunin, Efficient and robust
/// approximate nearest neighbor search using Hierarchical Navigable Small World graphs, 2016.
public struct PostgresPersonVectors: PersonVectors {
    let links: PostgresLinks
    private let failure: @Sendable (any Error) -> FaceStoreError
    private let place = ExtensionPlace()

    typealias Tables = PersonVectorTables

    /// The vectors of a library, over the library's connections.
    public init(of store: PostgresLibraryStore) {
        links = store.links
        let backend = store.connection.backend
        failure = { backend.failure(of: $0) }
    }

    /// Makes the extension usable and the tables present, so that whatever stands in the way is said at once.
    ///
    /// - Throws: `FaceStoreError.vectorSearchMissing`.
    public func prepare() throws(FaceStoreError) {
        try transaction(making: true) { _, _ in }
    }

    // MARK: Sets

    public func set(named name: String, model: ModelID) throws(FaceStoreError) -> PersonVectorSet? {
        if place.schema != nil,
            let known = try transaction({ _, database in try Self.set(named: name, in: database) })
        {
            return known
        }
        return try transaction(making: true) { link, database in
            let sql = "SELECT dimension FROM embedding WHERE model = ? LIMIT 1"
            guard let dimension = try Int.fetchOne(database, sql: sql, arguments: [model.rawValue]) else { return nil }
            guard dimension <= Tables.mostNumbers else {
                throw FaceStoreError.tooManyNumbers(dimension, limit: Tables.mostNumbers)
            }
            try database.execute(
                sql: """
                    INSERT INTO person_vector_set (name, model, dimension) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO NOTHING
                    """,
                arguments: [name, model.rawValue, dimension])
            let isNew = database.changesCount > 0
            guard let set = try Self.set(named: name, in: database) else { return nil }
            if isNew { try link.run(Tables.makeVectors(set.id, dimension: dimension)) }
            return set
        }
    }

    private static func set(named name: String, in database: Database) throws -> PersonVectorSet? {
        let sql = "SELECT id, model, dimension, version, is_ready FROM person_vector_set WHERE name = ?"
        guard let row = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [name]) else { return nil }
        return PersonVectorSet(
            id: row["id"], model: ModelID(rawValue: row["model"]), dimension: row["dimension"],
            version: row["version"] as Int64?, isReady: row["is_ready"])
    }

    public func dropUnused(but set: PersonVectorSet) throws(FaceStoreError) {
        try transaction { link, database in
            try database.execute(
                sql: "UPDATE person_vector_set SET used_at = now() WHERE id = ?", arguments: [set.id])
            let old = try Int64.fetchAll(
                database, sql: "DELETE FROM person_vector_set WHERE used_at < now() - INTERVAL '7 days' RETURNING id")
            for set in old { try link.run(Tables.dropVectors(set)) }
        }
    }

    // MARK: Transactions

    /// Runs a body in a transaction that knows the extension's words.
    ///
    /// - Parameters:
    ///   - making: whether the extension and the tables are made where they are missing: by one process at a time.
    ///   - settings: of a transaction that only reads; nil for one that writes.
    func transaction<Value>(
        making: Bool = false, settings: String? = nil, _ body: (PostgresLink, Database) throws -> Value
    ) throws(FaceStoreError) -> Value {
        do {
            let isolation = settings == nil ? "" : "ISOLATION LEVEL REPEATABLE READ READ ONLY"
            return try links.lend(opening: "BEGIN \(isolation)") { link in
                do {
                    let database = Database(PostgresSession(link, links.statements))
                    if making {
                        try link.run("SELECT pg_advisory_xact_lock(\(PostgresSchema.lockNumber + 2), 0)")
                        place.schema = try Tables.make(link, in: database)
                    }
                    if let extra = place.schema {
                        try link.run("SET LOCAL search_path = \(links.server.schema), \(extra);" + (settings ?? ""))
                    }
                    let value = try body(link, database)
                    try link.run("COMMIT")
                    return value
                } catch {
                    try? link.run("ROLLBACK")
                    throw error
                }
            }
        } catch {
            throw failure(error)
        }
    }

    /// Ids as PostgreSQL writes an array.
    static func list(_ ids: some Sequence<Int64>) -> String {
        "{" + ids.map(String.init).joined(separator: ",") + "}"
    }

    /// In which schema the extension's types are, once it is known; found out by whoever comes first.
    private final class ExtensionPlace: Sendable {
        private let found = Mutex<String?>(nil)

        var schema: String? {
            get { found.withLock { $0 } }
            set { found.withLock { $0 = newValue } }
        }
    }
}
