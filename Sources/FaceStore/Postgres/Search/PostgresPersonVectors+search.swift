public import FaceCore
import Foundation

extension PostgresPersonVectors {
    public func faces(
        nearestTo query: [Float], limit: Int, breadth: Int, in set: PersonVectorSet
    ) throws(FaceStoreError) -> [FaceID] {
        // Without these PostgreSQL may take a table for one that is looked through quicker, as is right for a small one, and
        // what a search costs would depend on what it knows of the table.
        let settings = """
            SET LOCAL hnsw.ef_search = \(min(max(breadth, limit, 1), 1000)); SET LOCAL enable_seqscan = off;
            SET LOCAL enable_sort = off;
            """
        return try transaction(settings: settings) { _, database in
            let sql = "SELECT face_id FROM \(Tables.faces(set.id)) ORDER BY vector <-> ? LIMIT ?"
            let arguments = StatementArguments(values: [
                .binary(VectorBytes.encode(query)), .integer(Int64(limit)),
            ])
            let faces = try Int64.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
            return faces.map { FaceID($0) }
        }
    }

    public func people(having faces: [FaceID], in set: PersonVectorSet) throws(FaceStoreError) -> [PersonVector] {
        try transaction(settings: "") { _, database in
            let sql = """
                SELECT person_id, face_count, squared_norm, vector FROM \(Tables.people(set.id))
                WHERE person_id IN (
                    SELECT person_id FROM person_vector_owner
                    WHERE set_id = ? AND face_id = ANY (CAST(? AS BIGINT[])))
                """
            return try Self.people(database, sql, [set.id, Self.list(faces.map(\.rawValue))])
        }
    }

    public func people(
        nearestTo query: [Float], limit: Int, among people: [PersonID]?, in set: PersonVectorSet
    ) throws(FaceStoreError) -> [PersonVector] {
        try transaction(settings: "") { _, database in
            var arguments = StatementArguments(values: [
                .binary(VectorBytes.encode(query)), .integer(Int64(limit)),
            ])
            if let people { arguments += [Self.list(people.map(\.rawValue))] }
            let condition = people == nil ? "" : "WHERE person_id = ANY (CAST(?3 AS BIGINT[]))"
            let sql = """
                SELECT person_id, face_count, squared_norm, vector FROM \(Tables.people(set.id)) \(condition)
                ORDER BY vector <-> ?1, person_id LIMIT ?2
                """
            return try Self.people(database, sql, arguments)
        }
    }

    private static func people(
        _ database: Database, _ sql: String, _ arguments: StatementArguments
    ) throws -> [PersonVector] {
        var found: [PersonVector] = []
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
        while let row = try rows.next() {
            let vector = try row.withUnsafeData(atIndex: 3) { bytes in try VectorBytes.decode(bytes ?? Data()) }
            found.append(
                PersonVector(
                    person: PersonID(row["person_id"]), count: row["face_count"],
                    meanSquaredNorm: row["squared_norm"], vector: vector))
        }
        return found
    }
}
