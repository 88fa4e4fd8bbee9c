import FaceCore
import Foundation

/// Rows of `face` with their photos, without what lists do not show.
enum ListedFaceTable {
    static func fetch(
        _ condition: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [ListedFace] {
        let sql = """
            SELECT photo.*, face.id AS face_id, face.person_id, face.is_placed_by_user, face.box_x, face.box_y,
                face.box_width, face.box_height, face.detection_score, face.attributes, face.is_ignored,
                face.is_added_by_hand, face.sharpness, face.visible_share, face.created_at AS detected_at
            FROM face JOIN photo ON photo.id = face.photo_id
            WHERE \(FaceTable.isVisible) AND \(condition)
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments).map(ListedFace.init(row:))
    }

    /// The faces with these ids, by id.
    static func faces(_ ids: [Int64], in database: Database) throws -> [Int64: ListedFace] {
        guard !ids.isEmpty else { return [:] }
        let list = "[" + ids.map(String.init).joined(separator: ",") + "]"
        let faces = try fetch("face.id IN (SELECT value FROM json_each(?))", [list], in: database)
        return Dictionary(faces.map { ($0.id.rawValue, $0) }) { first, _ in first }
    }
}

extension ListedFace {
    fileprivate init(row: Row) throws {
        self.init(
            id: FaceID(row["face_id"]), photo: try StoredPhoto(row: row),
            box: BoundingBox(x: row["box_x"], y: row["box_y"], width: row["box_width"], height: row["box_height"]),
            detectionScore: row["detection_score"],
            attributes: try (row["attributes"] as String?).map {
                try JSONColumn.decode(FaceAttributes.self, from: $0)
            },
            person: (row["person_id"] as Int64?).map { PersonID($0) }, isPlacedByUser: row["is_placed_by_user"],
            detectedAt: try row.date("detected_at"), isIgnored: row["is_ignored"],
            isAddedByHand: row["is_added_by_hand"], quality: FaceQuality(row: row))
    }
}
