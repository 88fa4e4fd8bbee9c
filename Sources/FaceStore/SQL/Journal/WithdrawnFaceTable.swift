/// Rows of `withdrawn_face` and `withdrawn_embedding`: faces drawn by hand that undo took away and redo may bring back.
enum WithdrawnFaceTable {
    private static let columns = """
        id, photo_id, box_x, box_y, box_width, box_height, landmark_layout, landmarks, detection_score,
        attributes, sharpness, visible_share, created_at
        """

    /// Moves a face with its embeddings here.
    static func withdraw(_ face: Int64, entry: Int64, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO withdrawn_face (\(columns), person_id, entry_id)
                SELECT \(columns), person_id, ? FROM face WHERE id = ?
                """
        ).execute(arguments: [entry, face])
        try database.cachedStatement(
            sql: """
                INSERT INTO withdrawn_embedding (face_id, model, precision, dimension, vector)
                SELECT face_id, model, precision, dimension, vector FROM embedding WHERE face_id = ?
                """
        ).execute(arguments: [face])
        try database.cachedStatement(sql: "DELETE FROM face WHERE id = ?").execute(arguments: [face])
    }

    /// Moves a face back, to nobody; false when it went with its photo.
    static func bringBack(_ face: Int64, in database: Database) throws -> Bool {
        let photo = try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT photo_id FROM withdrawn_face WHERE id = ?"), arguments: [face])
        guard let photo else { return false }
        try database.cachedStatement(
            sql: """
                INSERT INTO face (\(columns), ordinal, is_added_by_hand)
                SELECT \(columns), ?, 1 FROM withdrawn_face WHERE id = ?
                """
        ).execute(arguments: [try FaceTable.nextOrdinal(on: photo, in: database), face])
        try database.cachedStatement(
            sql: """
                INSERT INTO embedding (face_id, model, precision, dimension, vector)
                SELECT face_id, model, precision, dimension, vector FROM withdrawn_embedding WHERE face_id = ?
                """
        ).execute(arguments: [face])
        try database.cachedStatement(sql: "DELETE FROM withdrawn_face WHERE id = ?").execute(arguments: [face])
        return true
    }
}
