import FaceCore

/// Rows of `file_removal`.
enum FileRemovalTable {
    static func insert(
        _ scope: FileRemoval.Scope, storedName: String?, photo: PhotoID?, in database: Database
    ) throws {
        try database.cachedStatement(sql: "INSERT INTO file_removal (scope, stored_name, photo_id) VALUES (?, ?, ?)")
            .execute(arguments: [scope.rawValue, storedName, photo?.rawValue])
    }
}

struct SQLFileRemovals: FileRemovals {
    let connection: LibraryConnection

    func pending(limit: Int) throws(FaceStoreError) -> [FileRemoval] {
        try connection.read { database in
            let sql = "SELECT * FROM file_removal ORDER BY id LIMIT ?"
            return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: [max(limit, 0)]).map { row in
                FileRemoval(
                    id: FileRemoval.ID(row["id"]), scope: try row.value("scope", as: FileRemoval.Scope.self),
                    storedName: row["stored_name"], photo: (row["photo_id"] as Int64?).map { PhotoID($0) })
            }
        }
    }

    func confirm(_ ids: [FileRemoval.ID]) throws(FaceStoreError) {
        try connection.write { database in
            let statement = try database.cachedStatement(sql: "DELETE FROM file_removal WHERE id = ?")
            for id in ids { try statement.execute(arguments: [id.rawValue]) }
        }
    }

    func neededFiles(after storedName: String?, limit: Int) throws(FaceStoreError) -> [String] {
        try connection.read { database in
            let sql = """
                SELECT stored_name FROM photo WHERE stored_name > :name
                UNION
                SELECT stored_name FROM task_file WHERE state IN ('queued', 'in_work') AND stored_name > :name
                ORDER BY stored_name LIMIT :limit
                """
            return try String.fetchAll(
                database, sql: sql, arguments: ["name": storedName ?? "", "limit": max(limit, 0)])
        }
    }

    func neededContents(after storedName: String?, limit: Int) throws(FaceStoreError) -> [StoredFile] {
        try connection.read { database in
            let sql = """
                SELECT stored_name, content_hash, byte_count FROM photo WHERE stored_name > :name
                UNION
                SELECT stored_name, content_hash, byte_count FROM task_file
                WHERE state IN ('queued', 'in_work') AND stored_name > :name
                ORDER BY stored_name LIMIT :limit
                """
            let rows = try Row.fetchAll(
                database, sql: sql, arguments: ["name": storedName ?? "", "limit": max(limit, 0)])
            return rows.map { row in
                StoredFile(
                    name: row["stored_name"], contentHash: ContentHash(rawValue: row["content_hash"]),
                    byteCount: row["byte_count"])
            }
        }
    }

    func isNeeded(_ storedName: String) throws(FaceStoreError) -> Bool {
        try connection.read { database in
            let sql = """
                SELECT EXISTS (SELECT * FROM photo WHERE stored_name = :name) OR EXISTS (
                    SELECT * FROM task_file WHERE state IN ('queued', 'in_work') AND stored_name = :name)
                """
            return try Bool.fetchOne(database.cachedStatement(sql: sql), arguments: ["name": storedName]) ?? false
        }
    }
}
