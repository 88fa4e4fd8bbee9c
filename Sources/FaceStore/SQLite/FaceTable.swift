import FaceCore
import Foundation
internal import GRDB

/// Rows of `face` and `embedding`.
enum FaceTable {
    static func insert(
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

    /// Faces that meet a condition, each with the embedding of the model with which its photo was analysed.
    static func fetch(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [StoredFace] {
        let sql = """
            SELECT face.*, embedding.model, embedding.precision, embedding.vector
            FROM face JOIN photo ON photo.id = face.photo_id
                JOIN embedding ON embedding.face_id = face.id AND embedding.model = photo.model
            WHERE \(condition)
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(StoredFace.init(row:))
    }

    static let allEmbeddings = """
        SELECT face.id, face.photo_id, face.person_id, face.is_placed_by_user, embedding.precision, embedding.vector
        FROM face JOIN embedding ON embedding.face_id = face.id AND embedding.model = ? ORDER BY face.id
        """

    static func embeddings(of model: ModelID, in database: Database) throws -> EmbeddingTable {
        let size = try Row.fetchOne(
            database, sql: "SELECT count(*), max(dimension) FROM embedding WHERE model = ?",
            arguments: [model.rawValue])
        let count: Int = size?[0] ?? 0
        let dimension: Int = size?[1] ?? 0
        var faces: [FaceID] = []
        var photos: [PhotoID] = []
        var persons: [PersonID?] = []
        var isPlaced: [Bool] = []
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
            }
        }
        return EmbeddingTable(
            model: model, dimension: dimension, faces: faces, photos: photos, persons: persons,
            isPlacedByUser: isPlaced, values: values)
    }

    fileprivate static func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    fileprivate static func decode<Value: Decodable>(_ type: Value.Type, from json: String) throws -> Value {
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
