import FaceCore

struct SQLKeyRepository: KeyRepository {
    let connection: LibraryConnection

    func all() throws(FaceStoreError) -> [APIKey] {
        try connection.read { database in
            try Row.fetchAll(database.cachedStatement(sql: "SELECT * FROM api_key ORDER BY id DESC"))
                .map(APIKey.init(row:))
        }
    }

    func create(_ key: NewAPIKey, digests: KeyDigests) throws(FaceStoreError) -> APIKey {
        let name = try PersonName(key.name)
        guard !key.scopes.isEmpty else { throw .keyWithoutScope }
        return try connection.write { database in
            let isTaken = "SELECT EXISTS (SELECT * FROM api_key WHERE name = ? AND revoked_at IS NULL)"
            guard try Bool.fetchOne(database, sql: isTaken, arguments: [name.text]) != true else {
                throw FaceStoreError.keyNameIsTaken(name.text)
            }
            if let collection = key.collection {
                let exists = "SELECT EXISTS (SELECT * FROM collection WHERE id = ?)"
                guard try Bool.fetchOne(database, sql: exists, arguments: [collection.rawValue]) == true else {
                    throw FaceStoreError.unknownCollection(collection)
                }
                guard !key.scopes.contains(.admin) else { throw FaceStoreError.adminOfCollection }
            }
            try database.execute(
                sql: """
                    INSERT INTO api_key (name, scopes, digest, session_digest, hint, requests_per_minute, burst, created_at,
                        collection_id)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    name.text, key.scopes.map(\.rawValue).sorted().joined(separator: " "), digests.key, digests.session,
                    digests.hint, key.limit?.requestsPerMinute, key.limit?.burst, connection.now(),
                    key.collection?.rawValue,
                ])
            return try Self.known(KeyID(database.lastInsertedRowID), in: database)
        }
    }

    func rotate(_ id: KeyID, digests: KeyDigests) throws(FaceStoreError) -> APIKey {
        try connection.write { database in
            guard try Self.known(id, in: database).revokedAt == nil else { throw FaceStoreError.keyIsRevoked(id) }
            try database.execute(
                sql: "UPDATE api_key SET digest = ?, session_digest = ?, hint = ?, rotated_at = ? WHERE id = ?",
                arguments: [digests.key, digests.session, digests.hint, connection.now(), id.rawValue])
            return try Self.known(id, in: database)
        }
    }

    func revoke(_ id: KeyID) throws(FaceStoreError) -> APIKey {
        try connection.write { database in
            try database.execute(
                sql: "UPDATE api_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                arguments: [connection.now(), id.rawValue])
            return try Self.known(id, in: database)
        }
    }

    func removeAll() throws(FaceStoreError) -> Int {
        try connection.write { database in
            try database.execute(sql: "DELETE FROM api_key")
            return database.changesCount
        }
    }

    private static func known(_ id: KeyID, in database: Database) throws -> APIKey {
        let row = try Row.fetchOne(database, sql: "SELECT * FROM api_key WHERE id = ?", arguments: [id.rawValue])
        guard let row else { throw FaceStoreError.unknownKey(id) }
        return try APIKey(row: row)
    }
}

extension APIKey {
    fileprivate init(row: Row) throws {
        let scopes: String = row["scopes"]
        let perMinute: Int64? = row["requests_per_minute"]
        let burst: Int64? = row["burst"]
        self.init(
            id: KeyID(row["id"]), name: row["name"],
            // What a later version lets keys do, this one does not know.
            scopes: Set(scopes.split(separator: " ").compactMap { KeyScope(rawValue: String($0)) }),
            collection: (row["collection_id"] as Int64?).map { CollectionID($0) },
            limit: perMinute.flatMap { KeyRateLimit(requestsPerMinute: Int($0), burst: burst.map { Int($0) }) },
            digests: KeyDigests(key: row["digest"], session: row["session_digest"], hint: row["hint"]),
            createdAt: try row.date("created_at"),
            rotatedAt: row.isNull("rotated_at") ? nil : try row.date("rotated_at"),
            revokedAt: row.isNull("revoked_at") ? nil : try row.date("revoked_at"))
    }
}
