import FaceCore
import Foundation

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
        _ faces: [AnalyzedFace], of model: ModelID, photo: PhotoID, connection: LibraryConnection, in database: Database
    ) throws {
        guard !faces.isEmpty else { return }
        let first = try nextOrdinal(on: photo.rawValue, in: database)
        let version = try PeopleVersion.next(in: database)
        for (index, face) in faces.enumerated() {
            guard face.embedding.model == model else {
                throw FaceStoreError.modelMismatch(library: model, pack: face.embedding.model)
            }
            _ = try insert(
                face, ordinal: first + index, photo: photo, version: version, connection: connection, in: database)
        }
    }

    /// The place of the next face on a photo.
    static func nextOrdinal(on photo: Int64, in database: Database) throws -> Int {
        let sql = "SELECT coalesce(max(ordinal) + 1, 0) FROM face WHERE photo_id = ?"
        return try Int.fetchOne(database.cachedStatement(sql: sql), arguments: [photo]) ?? 0
    }

    /// Adds a face of the library's model that belongs to nobody.
    static func insert(
        _ analyzed: AnalyzedFace, ordinal: Int, photo: PhotoID, isAddedByHand: Bool = false, version: Int64,
        connection: LibraryConnection, in database: Database
    ) throws -> Int64 {
        let face = analyzed.face
        let vector = analyzed.embedding.vector
        let numbers = [face.box.x, face.box.y, face.box.width, face.box.height, face.detectionScore]
        let coordinates = face.landmarks.points.flatMap { [$0.x, $0.y] }
        let qualities = [analyzed.quality?.sharpness ?? 0, analyzed.quality?.visibleShare ?? 0]
        guard (numbers + coordinates + qualities).allSatisfy(\.isFinite), vector.allSatisfy(\.isFinite), !vector.isEmpty
        else {
            throw FaceStoreError.invalidFace
        }
        try LibraryModel.check(dimension: vector.count, in: database)
        let sql = """
            INSERT INTO face (photo_id, ordinal, box_x, box_y, box_width, box_height, landmark_layout, landmarks,
                detection_score, attributes, created_at, sharpness, visible_share, is_added_by_hand, changed_in)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        try database.cachedStatement(sql: sql).execute(arguments: [
            photo.rawValue, ordinal, face.box.x, face.box.y, face.box.width, face.box.height,
            face.landmarks.layout.rawValue, try JSONColumn.encode(face.landmarks.points.map { [$0.x, $0.y] }),
            face.detectionScore, try analyzed.attributes.map { try JSONColumn.encode($0) }, connection.now(),
            analyzed.quality?.sharpness, analyzed.quality?.visibleShare, isAddedByHand, version,
        ])
        let id = database.lastInsertedRowID
        try EmbeddingRows.insert(analyzed.embedding, of: id, precision: connection.precision, in: database)
        return id
    }

    static func faces(on photo: PhotoID, in database: Database) throws -> [StoredFace] {
        try fetch("face.photo_id = ? ORDER BY face.ordinal", [photo.rawValue], in: database)
    }

    /// Where the faces of a photo are, those of deleted persons included.
    static func allBoxes(on photo: PhotoID, in database: Database) throws -> [(face: FaceID, box: BoundingBox)] {
        let sql = "SELECT id, box_x, box_y, box_width, box_height FROM face WHERE photo_id = ?"
        return try Row.fetchAll(database, sql: sql, arguments: [photo.rawValue]).map {
            (FaceID($0[0]), BoundingBox(x: $0[1], y: $0[2], width: $0[3], height: $0[4]))
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
        let version = try PeopleVersion.next(in: database)
        try database.execute(
            sql: """
                UPDATE face SET person_id = NULL, is_placed_by_user = 0, changed_in = \(version)
                WHERE photo_id = ? AND person_id IN (SELECT id FROM person WHERE deleted_at IS NOT NULL)
                """,
            arguments: [photo.rawValue])
        _ = try PersonTable.settle(owners, now: now, in: database)
    }

    /// Faces that meet a condition, each with the embedding of its photo's model, or with another one where a photo was
    /// left behind as the library changed over.
    static func fetch(
        _ condition: String, _ arguments: StatementArguments, evenIfHidden: Bool = false, in database: Database
    ) throws -> [StoredFace] {
        let sql = """
            SELECT face.*, embedding.model, embedding.precision, embedding.vector
            FROM face JOIN photo ON photo.id = face.photo_id
                JOIN embedding ON embedding.face_id = face.id AND embedding.model = coalesce(
                    (SELECT own.model FROM embedding AS own WHERE own.face_id = face.id AND own.model = photo.model),
                    (SELECT min(other.model) FROM embedding AS other WHERE other.face_id = face.id))
            WHERE \(evenIfHidden ? "TRUE" : isVisible) AND \(condition)
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(StoredFace.init(row:))
    }
}

extension FaceQuality {
    init?(row: Row) {
        guard let sharpness: Double = row["sharpness"], let share: Double = row["visible_share"] else { return nil }
        self.init(sharpness: sharpness, visibleShare: share)
    }
}

extension StoredFace {
    fileprivate init(row: Row) throws {
        let points = try JSONColumn.decode([[Double]].self, from: row["landmarks"])
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
                try JSONColumn.decode(FaceAttributes.self, from: $0)
            },
            person: (row["person_id"] as Int64?).map { PersonID($0) },
            isPlacedByUser: row["is_placed_by_user"], isIgnored: row["is_ignored"],
            isAddedByHand: row["is_added_by_hand"], quality: FaceQuality(row: row))
    }
}
