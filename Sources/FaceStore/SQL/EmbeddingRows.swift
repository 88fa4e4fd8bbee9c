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

    static let all = """
        SELECT face.id, face.photo_id, face.person_id, face.is_placed_by_user, embedding.precision, embedding.vector,
            min(face.box_width, face.box_height), face.detection_score, face.sharpness, face.visible_share
        FROM face JOIN embedding ON embedding.face_id = face.id AND embedding.model = ?
        WHERE \(isGrouped) ORDER BY face.id
        """

    /// What of a model takes part in grouping.
    static func table(of model: ModelID, in database: Database) throws -> EmbeddingTable {
        let size = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*), max(dimension) FROM face JOIN embedding ON embedding.face_id = face.id
                WHERE embedding.model = ? AND \(isGrouped)
                """,
            arguments: [model.rawValue])
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
        let rows = try Row.fetchCursor(database, sql: all, arguments: [model.rawValue])
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
                        quality: FaceQuality(row: row)))
            }
        }
        return EmbeddingTable(
            model: model, dimension: dimension, faces: faces, photos: photos, persons: persons,
            isPlacedByUser: isPlaced, strengths: strengths, values: values)
    }
}
