import FaceCore

/// Rows of `embedding`.
enum EmbeddingRows {
    static func insert(
        _ embedding: Embedding, of face: Int64, precision: EmbeddingPrecision, in database: Database
    ) throws {
        let sql = "INSERT INTO embedding (face_id, model, precision, dimension, vector) VALUES (?, ?, ?, ?, ?)"
        try database.cachedStatement(sql: sql).execute(arguments: [
            face, embedding.model.rawValue, precision.rawValue, embedding.vector.count,
            EmbeddingBlob.encode(embedding.vector, precision: precision),
        ])
    }

    /// Faces that take part in grouping.
    private static let isGrouped = "face.is_ignored = 0 AND \(FaceTable.isVisible)"

    static let all = select(from: "face", where: isGrouped)

    /// SQLite has to be told to look at the few rows that changed, not at all.
    static func changed(since version: Int64) -> String { select(from: rowsChanged, where: isGrouped(since: version)) }

    private static let rowsChanged = "face INDEXED BY face_by_change"

    private static func isGrouped(since version: Int64) -> String { "face.changed_in > \(version) AND \(isGrouped)" }

    static let gone = """
        SELECT id FROM \(rowsChanged) WHERE changed_in > ?1 AND NOT (\(isGrouped))
        UNION SELECT face_id FROM removed_face INDEXED BY removed_face_by_change WHERE changed_in > ?1 ORDER BY 1
        """

    private static func select(from faces: String, where condition: String) -> String {
        """
        SELECT face.id, face.photo_id, face.person_id, face.is_placed_by_user, embedding.precision, embedding.vector,
            min(face.box_width, face.box_height), face.detection_score, face.sharpness, face.visible_share,
            face.is_added_by_hand
        FROM \(faces) JOIN embedding ON embedding.face_id = face.id AND embedding.model = ?
        WHERE \(condition) ORDER BY face.id
        """
    }

    /// What of a model takes part in grouping.
    static func table(of model: ModelID, in database: Database) throws -> EmbeddingTable {
        try table(of: model, from: "face", where: isGrouped, in: database)
    }

    /// Of that, the faces of some people and some other faces.
    static func table(
        of people: [PersonID], and faces: [FaceID], of model: ModelID, in database: Database
    ) throws -> EmbeddingTable {
        try table(
            of: model, from: "face", where: "\(chosen) AND \(isGrouped)",
            [idList(people.map(\.rawValue)), idList(faces.map(\.rawValue))], in: database)
    }

    /// By way of one index for the people and another one for the faces.
    static let chosen = """
        face.id IN (SELECT id FROM face WHERE person_id IN (SELECT value FROM json_each(?))
            UNION SELECT value FROM json_each(?))
        """

    private static func idList(_ ids: [Int64]) -> String {
        "[" + ids.map(String.init).joined(separator: ",") + "]"
    }

    /// - Parameter arguments: of `condition`.
    private static func table(
        of model: ModelID, from source: String, where condition: String, _ arguments: [String] = [],
        in database: Database
    ) throws -> EmbeddingTable {
        let size = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*), max(dimension)
                FROM \(source) JOIN embedding ON embedding.face_id = face.id AND embedding.model = ?
                WHERE \(condition)
                """,
            arguments: StatementArguments([model.rawValue] + arguments))
        let count: Int = size?[0] ?? 0
        let dimension: Int = size?[1] ?? 0
        var faces: [FaceID] = []
        var photos: [PhotoID] = []
        var persons: [PersonID?] = []
        var isPlaced: [Bool] = []
        var strengths: [EmbeddingTable.FaceStrength] = []
        faces.reserveCapacity(count)
        photos.reserveCapacity(count)
        persons.reserveCapacity(count)
        isPlaced.reserveCapacity(count)
        strengths.reserveCapacity(count)
        var values = [Float](repeating: 0, count: count * dimension)
        let rows = try Row.fetchCursor(
            database, sql: select(from: source, where: condition),
            arguments: StatementArguments([model.rawValue] + arguments))
        try values.withUnsafeMutableBufferPointer { values in
            while let row = try rows.next() {
                let start = faces.count * dimension
                let precision = try row.value("precision", as: EmbeddingPrecision.self)
                try row.withUnsafeData(atIndex: 5) { bytes in
                    guard let bytes, bytes.count == dimension * precision.bytesPerNumber else {
                        throw FaceStoreError.damaged
                    }
                    EmbeddingBlob.decode(bytes, precision: precision, into: values[start..<start + dimension])
                }
                faces.append(FaceID(row[0]))
                photos.append(PhotoID(row[1]))
                persons.append((row[2] as Int64?).map { PersonID($0) })
                isPlaced.append(row[3])
                strengths.append(
                    EmbeddingTable.FaceStrength(
                        shorterSide: Float(row[6] as Double), detectionScore: Float(row[7] as Double),
                        quality: FaceQuality(row: row), isAddedByHand: row["is_added_by_hand"]))
            }
        }
        return EmbeddingTable(
            model: model, dimension: dimension, faces: faces, photos: photos, persons: persons,
            isPlacedByUser: isPlaced, strengths: strengths, values: values)
    }

    // MARK: Catching up

    /// The faces of somebody that take part in grouping and have an embedding of a model, with their people.
    static let ownedFaces = """
        SELECT face.id, face.person_id FROM face
        JOIN embedding ON embedding.face_id = face.id AND embedding.model = ?
        WHERE face.person_id IS NOT NULL AND \(isGrouped)
        """

    static func owners(of model: ModelID, in database: Database) throws -> FaceOwners {
        let sql = """
            SELECT face.id, face.person_id, face.is_placed_by_user
            FROM face JOIN embedding ON embedding.face_id = face.id AND embedding.model = ?
            WHERE \(isGrouped) ORDER BY face.id
            """
        var faces: [FaceID] = []
        var persons: [PersonID?] = []
        var isPlaced: [Bool] = []
        let rows = try Row.fetchCursor(database, sql: sql, arguments: [model.rawValue])
        while let row = try rows.next() {
            faces.append(FaceID(row[0]))
            persons.append((row[1] as Int64?).map { PersonID($0) })
            isPlaced.append(row[2])
        }
        return FaceOwners(
            version: try PeopleVersion.current(database), faces: faces, persons: persons, isPlacedByUser: isPlaced)
    }

    static func changes(since version: Int64, of model: ModelID, in database: Database) throws -> FaceChanges? {
        let completeSince = try Int64.fetchOne(database, sql: "SELECT complete_since FROM people_version") ?? 0
        guard version >= completeSince else { return nil }
        return FaceChanges(
            version: try PeopleVersion.current(database),
            changed: try table(of: model, from: rowsChanged, where: isGrouped(since: version), in: database),
            gone: try Int64.fetchAll(database, sql: gone, arguments: [version]).map { FaceID($0) })
    }

    static func changeCount(since version: Int64, of model: ModelID, in database: Database) throws -> Int {
        let sql = """
            SELECT count(*) FROM \(rowsChanged) JOIN embedding ON embedding.face_id = face.id AND embedding.model = ?
            WHERE \(isGrouped(since: version))
            """
        return try Int.fetchOne(database, sql: sql, arguments: [model.rawValue]) ?? 0
    }

    // MARK: Changing over to another model

    static func add(
        _ embeddings: [(face: FaceID, embedding: Embedding)], of model: ModelID, precision: EmbeddingPrecision,
        in database: Database
    ) throws {
        let version = try PeopleVersion.next(in: database)
        let known = "SELECT dimension FROM embedding WHERE model = ? LIMIT 1"
        var dimension = try Int.fetchOne(database, sql: known, arguments: [model.rawValue])
        for (face, embedding) in embeddings {
            guard embedding.model == model else {
                throw FaceStoreError.modelMismatch(library: model, pack: embedding.model)
            }
            guard !embedding.vector.isEmpty, embedding.vector.allSatisfy(\.isFinite) else {
                throw FaceStoreError.invalidFace
            }
            let expected = dimension ?? embedding.vector.count
            guard embedding.vector.count == expected else {
                throw FaceStoreError.dimensionMismatch(expected: expected, found: embedding.vector.count)
            }
            dimension = expected
            try database.cachedStatement(sql: "UPDATE face SET changed_in = ? WHERE id = ?")
                .execute(arguments: [version, face.rawValue])
            guard database.changesCount > 0 else { continue }
            try database.cachedStatement(sql: "DELETE FROM embedding WHERE face_id = ? AND model = ?")
                .execute(arguments: [face.rawValue, model.rawValue])
            try insert(embedding, of: face.rawValue, precision: precision, in: database)
        }
        // Photos that were behind when the library changed over.
        if try LibraryModel.current(database) == model { try LibraryModel.bringPhotosAlong(to: model, in: database) }
    }

    static func drop(_ model: ModelID, in database: Database) throws -> Int {
        guard let library = try LibraryModel.current(database), library != model else {
            throw FaceStoreError.modelInUse(model)
        }
        let sql = """
            DELETE FROM embedding WHERE model = ?
                AND face_id IN (SELECT face_id FROM embedding AS other WHERE other.model = ?)
            """
        try database.execute(sql: sql, arguments: [model.rawValue, library.rawValue])
        let count = database.changesCount
        let entries = "SELECT id FROM journal WHERE model_before = ?1 OR model_after = ?1"
        for entry in try Int64.fetchAll(database, sql: entries, arguments: [model.rawValue]) {
            try JournalTable.close(entry, in: database)
        }
        try database.execute(
            sql: """
                DELETE FROM withdrawn_embedding WHERE model = ?;
                DELETE FROM withdrawn_face WHERE id NOT IN (SELECT face_id FROM withdrawn_embedding);
                """,
            arguments: [model.rawValue])
        return count
    }
}
