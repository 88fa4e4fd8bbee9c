import FaceCore
import Foundation
internal import GRDB

/// Rows of `face` and `embedding`.
enum FaceTable {
    /// Tells the faces that exist for users from those of deleted persons.
    static let isVisible = """
        (face.person_id IS NULL OR face.person_id NOT IN (SELECT id FROM person WHERE deleted_at IS NOT NULL))
        """

    /// Whether a face counts under limits, which are expressions that may be NULL for none. Detectors compare scores as
    /// single-precision numbers.
    static func counts(minimumSize: String, minimumScore: String) -> String {
        """
        (\(minimumSize) IS NULL OR min(face.box_width, face.box_height) >= \(minimumSize))
            AND (\(minimumScore) IS NULL OR face.detection_score >= \(minimumScore) - 1e-6)
        """
    }

    /// Adds faces to a photo that was analysed with the model, after those that it has.
    ///
    /// - Throws: `FaceStoreError.modelMismatch` when a face comes from another model, `.dimensionMismatch`, `.invalidFace`.
    static func insert(
        _ faces: [AnalyzedFace], of model: ModelID, photo: PhotoID, connection: SQLiteConnection, in database: Database
    ) throws {
        let first = try Int.fetchOne(
            database, sql: "SELECT coalesce(max(ordinal) + 1, 0) FROM face WHERE photo_id = ?",
            arguments: [photo.rawValue])
        for (index, face) in faces.enumerated() {
            guard face.embedding.model == model else {
                throw FaceStoreError.modelMismatch(library: model, pack: face.embedding.model)
            }
            try insert(face, ordinal: (first ?? 0) + index, photo: photo, connection: connection, in: database)
        }
    }

    private static func insert(
        _ analyzed: AnalyzedFace, ordinal: Int, photo: PhotoID, connection: SQLiteConnection, in database: Database
    ) throws {
        let face = analyzed.face
        let vector = analyzed.embedding.vector
        let numbers = [face.box.x, face.box.y, face.box.width, face.box.height, face.detectionScore]
        let coordinates = face.landmarks.points.flatMap { [$0.x, $0.y] }
        guard (numbers + coordinates).allSatisfy(\.isFinite), vector.allSatisfy(\.isFinite), !vector.isEmpty else {
            throw FaceStoreError.invalidFace
        }
        try LibraryModel.check(dimension: vector.count, in: database)
        let sql = """
            INSERT INTO face (photo_id, ordinal, box_x, box_y, box_width, box_height, landmark_layout, landmarks,
                detection_score, attributes, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        try database.cachedStatement(sql: sql).execute(arguments: [
            photo.rawValue, ordinal, face.box.x, face.box.y, face.box.width, face.box.height,
            face.landmarks.layout.rawValue, try Self.json(face.landmarks.points.map { [$0.x, $0.y] }),
            face.detectionScore, try analyzed.attributes.map { try Self.json($0) }, connection.now(),
        ])
        let embedding =
            "INSERT INTO embedding (face_id, model, precision, dimension, vector) VALUES (?, ?, ?, ?, ?)"
        try database.cachedStatement(sql: embedding).execute(arguments: [
            database.lastInsertedRowID, analyzed.embedding.model.rawValue, connection.precision.rawValue,
            vector.count, EmbeddingBlob.encode(vector, precision: connection.precision),
        ])
    }

    static func faces(on photo: PhotoID, in database: Database) throws -> [StoredFace] {
        try fetch("face.photo_id = ? ORDER BY face.ordinal", [photo.rawValue], in: database)
    }

    /// Where the faces of a photo are, those of deleted persons included.
    static func allBoxes(on photo: PhotoID, in database: Database) throws -> [BoundingBox] {
        let sql = "SELECT box_x, box_y, box_width, box_height FROM face WHERE photo_id = ?"
        return try Row.fetchAll(database, sql: sql, arguments: [photo.rawValue]).map {
            BoundingBox(x: $0[0], y: $0[1], width: $0[2], height: $0[3])
        }
    }

    /// Takes a photo's faces away from persons who are deleted, so that they belong to nobody.
    static func releaseFromDeleted(on photo: PhotoID, now: String, in database: Database) throws {
        let owners = try Int64.fetchSet(
            database,
            sql: """
                SELECT person_id FROM face
                WHERE photo_id = ? AND person_id IN (SELECT id FROM person WHERE deleted_at IS NOT NULL)
                """,
            arguments: [photo.rawValue])
        guard !owners.isEmpty else { return }
        try database.execute(
            sql: """
                UPDATE face SET person_id = NULL, is_placed_by_user = 0
                WHERE photo_id = ? AND person_id IN (SELECT id FROM person WHERE deleted_at IS NOT NULL)
                """,
            arguments: [photo.rawValue])
        _ = try PersonTable.settle(owners, now: now, in: database)
    }

    /// Faces that meet a condition, each with the embedding of the model with which its photo was analysed.
    static func fetch(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [StoredFace] {
        let sql = """
            SELECT face.*, embedding.model, embedding.precision, embedding.vector
            FROM face JOIN photo ON photo.id = face.photo_id
                JOIN embedding ON embedding.face_id = face.id AND embedding.model = photo.model
            WHERE \(isVisible) AND \(condition)
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(StoredFace.init(row:))
    }

    static let allEmbeddings = """
        SELECT face.id, face.photo_id, face.person_id, face.is_placed_by_user, embedding.precision, embedding.vector,
            min(face.box_width, face.box_height), face.detection_score
        FROM face JOIN embedding ON embedding.face_id = face.id AND embedding.model = ?
        WHERE \(isVisible) ORDER BY face.id
        """

    static func embeddings(of model: ModelID, in database: Database) throws -> EmbeddingTable {
        let size = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*), max(dimension) FROM face JOIN embedding ON embedding.face_id = face.id
                WHERE embedding.model = ? AND \(isVisible)
                """,
            arguments: [model.rawValue])
        let count: Int = size?[0] ?? 0
        let dimension: Int = size?[1] ?? 0
        var faces: [FaceID] = []
        var photos: [PhotoID] = []
        var persons: [PersonID?] = []
        var isPlaced: [Bool] = []
        var strengths: [EmbeddingTable.FaceStrength] = []
        strengths.reserveCapacity(count)
        faces.reserveCapacity(count)
        photos.reserveCapacity(count)
        persons.reserveCapacity(count)
        isPlaced.reserveCapacity(count)
        var values = [Float](repeating: 0, count: count * dimension)
        let rows = try Row.fetchCursor(database, sql: allEmbeddings, arguments: [model.rawValue])
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
                        shorterSide: Float(row[6] as Double), detectionScore: Float(row[7] as Double)))
            }
        }
        return EmbeddingTable(
            model: model, dimension: dimension, faces: faces, photos: photos, persons: persons,
            isPlacedByUser: isPlaced, strengths: strengths, values: values)
    }

    fileprivate static func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from json: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(json.utf8))
    }
}

extension StoredFace {
    fileprivate init(row: Row) throws {
        let points = try FaceTable.decode([[Double]].self, from: row["landmarks"])
        guard points.count == 5, points.allSatisfy({ $0.count == 2 }) else { throw FaceStoreError.damaged }
        let landmarks = Landmarks(
            layout: try row.value("landmark_layout", as: LandmarkLayout.self),
            points: points.map { Point($0[0], $0[1]) })
        let box = BoundingBox(x: row["box_x"], y: row["box_y"], width: row["box_width"], height: row["box_height"])
        let precision = try row.value("precision", as: EmbeddingPrecision.self)
        self.init(
            id: FaceID(row["id"]), photo: PhotoID(row["photo_id"]),
            face: DetectedFace(box: box, landmarks: landmarks, detectionScore: row["detection_score"]),
            embedding: Embedding(
                model: ModelID(rawValue: row["model"]),
                vector: EmbeddingBlob.decode(row["vector"], precision: precision)),
            attributes: try (row["attributes"] as String?).map {
                try FaceTable.decode(FaceAttributes.self, from: $0)
            },
            person: (row["person_id"] as Int64?).map { PersonID($0) },
            isPlacedByUser: row["is_placed_by_user"])
    }
}
