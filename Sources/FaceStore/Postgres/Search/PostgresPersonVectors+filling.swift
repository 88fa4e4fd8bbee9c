public import FaceCore
import Foundation

extension PostgresPersonVectors {
    // MARK: Filling

    public func beginFilling(_ set: PersonVectorSet) throws(FaceStoreError) {
        try transaction { link, database in
            try link.run("\(Tables.dropIndex(set.id)); TRUNCATE \(Tables.people(set.id)), \(Tables.faces(set.id))")
            let version = try PeopleVersion.current(database)
            try database.execute(
                sql: "UPDATE person_vector_set SET version = ?, filled_to = 0, is_ready = 0 WHERE id = ?",
                arguments: [version, set.id])
            try database.execute(sql: "DELETE FROM person_vector_owner WHERE set_id = ?", arguments: [set.id])
            try database.execute(
                sql: """
                    INSERT INTO person_vector_owner (set_id, face_id, person_id)
                    SELECT CAST(? AS BIGINT), id, person_id FROM (\(EmbeddingRows.ownedFaces)) AS owned
                    """,
                arguments: [set.id, set.model.rawValue])
        }
    }

    public func peopleToFill(_ set: PersonVectorSet, limit: Int) throws(FaceStoreError) -> [PersonID] {
        try transaction { _, database in
            let sql = """
                SELECT DISTINCT person_id FROM person_vector_owner
                WHERE set_id = ?1 AND person_id > (SELECT filled_to FROM person_vector_set WHERE id = ?1)
                ORDER BY person_id LIMIT ?2
                """
            return try Int64.fetchAll(database, sql: sql, arguments: [set.id, limit]).map { PersonID($0) }
        }
    }

    public func fill(
        _ set: PersonVectorSet, with vectors: [PersonVector], _ faces: [FaceVector], of people: [PersonID]
    ) throws(FaceStoreError) {
        guard let last = people.last else { return }
        try transaction { _, database in
            for vector in vectors { try Self.put(vector, into: set, in: database) }
            for face in faces { try Self.put(face, into: set, in: database) }
            try database.execute(
                sql: "UPDATE person_vector_set SET filled_to = ? WHERE id = ?", arguments: [last.rawValue, set.id])
        }
    }

    private static func put(_ vector: PersonVector, into set: PersonVectorSet, in database: Database) throws {
        let sql = """
            INSERT INTO \(Tables.people(set.id)) (person_id, face_count, squared_norm, vector) VALUES (?, ?, ?, ?)
            ON CONFLICT (person_id) DO UPDATE
            SET face_count = excluded.face_count, squared_norm = excluded.squared_norm, vector = excluded.vector
            """
        var arguments: StatementArguments = [vector.person.rawValue, vector.count, vector.meanSquaredNorm]
        arguments.append(.binary(VectorBytes.encode(vector.vector)))
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// What is there already is left alone: each change of a row is one of the index, too.
    private static func put(_ face: FaceVector, into set: PersonVectorSet, in database: Database) throws {
        let table = Tables.faces(set.id)
        let sql = """
            INSERT INTO \(table) (face_id, vector) VALUES (?, ?)
            ON CONFLICT (face_id) DO UPDATE SET vector = excluded.vector WHERE \(table).vector <> excluded.vector
            """
        var arguments: StatementArguments = [face.face.rawValue]
        arguments.append(.binary(VectorBytes.encode(face.vector)))
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    public func endFilling(_ set: PersonVectorSet) throws(FaceStoreError) {
        do {
            try makeIndex(of: set, setting: "")
        } catch {
            // Several processes of the server make it in shared memory, which containers are short of as a rule.
            guard error == .diskFull || error == .outOfMemory else { throw error }
            try makeIndex(of: set, setting: "SET LOCAL max_parallel_maintenance_workers = 0;")
        }
    }

    private func makeIndex(of set: PersonVectorSet, setting: String) throws(FaceStoreError) {
        try transaction { link, database in
            let rows = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(Tables.faces(set.id))") ?? 0
            let megabytes = Tables.indexMegabytes(rows: rows, dimension: set.dimension)
            try link.run(
                """
                SET LOCAL maintenance_work_mem = '\(megabytes)MB'; \(setting)
                \(Tables.dropIndex(set.id)); \(Tables.makeIndex(set.id));
                """)
            try database.execute(sql: "UPDATE person_vector_set SET is_ready = 1 WHERE id = ?", arguments: [set.id])
        }
    }

    // MARK: Keeping in step

    public func owners(of faces: [FaceID], in set: PersonVectorSet) throws(FaceStoreError) -> Set<PersonID> {
        try transaction { _, database in
            let sql = """
                SELECT DISTINCT person_id FROM person_vector_owner
                WHERE set_id = ? AND face_id = ANY (CAST(? AS BIGINT[]))
                """
            let owners = try Int64.fetchAll(database, sql: sql, arguments: [set.id, Self.list(faces.map(\.rawValue))])
            return Set(owners.map { PersonID($0) })
        }
    }

    public func replace(
        _ vectors: [PersonVector], of people: [PersonID], in set: PersonVectorSet
    ) throws(FaceStoreError) {
        let gone = Set(people).subtracting(vectors.map(\.person))
        try transaction { _, database in
            try database.execute(
                sql: "DELETE FROM \(Tables.people(set.id)) WHERE person_id = ANY (CAST(? AS BIGINT[]))",
                arguments: [Self.list(gone.map(\.rawValue))])
            for vector in vectors { try Self.put(vector, into: set, in: database) }
        }
    }

    public func advance(
        _ set: PersonVectorSet, to changes: FaceChanges, with faces: [FaceVector]
    ) throws(FaceStoreError) {
        let table = changes.changed
        let owned = zip(table.faces, table.persons).compactMap { face, person in person.map { (face, $0) } }
        let ownedFaces = Self.list(owned.map(\.0.rawValue))
        let left = Set(changes.gone + table.faces).subtracting(owned.map(\.0))
        try transaction { _, database in
            try database.execute(
                sql: "DELETE FROM person_vector_owner WHERE set_id = ? AND face_id = ANY (CAST(? AS BIGINT[]))",
                arguments: [set.id, Self.list((changes.gone + table.faces).map(\.rawValue))])
            try database.execute(
                sql: "DELETE FROM \(Tables.faces(set.id)) WHERE face_id = ANY (CAST(? AS BIGINT[]))",
                arguments: [Self.list(left.map(\.rawValue))])
            try database.execute(
                sql: """
                    INSERT INTO person_vector_owner (set_id, face_id, person_id)
                    SELECT CAST(? AS BIGINT), face, person
                    FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[])) AS owned (face, person)
                    """,
                arguments: [set.id, ownedFaces, Self.list(owned.map(\.1.rawValue))])
            for face in faces { try Self.put(face, into: set, in: database) }
            try database.execute(
                sql: "UPDATE person_vector_set SET version = ? WHERE id = ?", arguments: [changes.version, set.id])
        }
    }
}
