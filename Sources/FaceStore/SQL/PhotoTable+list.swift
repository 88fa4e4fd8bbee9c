import FaceCore

extension PhotoTable {
    /// Analysed photos that meet the filter, the highest id first.
    static func list(
        _ filter: PhotoFilter, before id: Int64?, limit: Int, in database: Database
    ) throws -> [ListedPhoto] {
        var conditions = ["photo.state = 'analyzed'"]
        var arguments: StatementArguments = []
        if let id {
            conditions.append("photo.id < ?")
            arguments += [id]
        }
        if let person = filter.person {
            conditions.append(
                "photo.id IN (SELECT photo_id FROM face WHERE person_id = ? AND \(FaceTable.isVisible))")
            arguments += [person.rawValue]
        }
        if let task = filter.task {
            conditions.append("photo.id IN (SELECT photo_id FROM task_file WHERE task_id = ?)")
            arguments += [TaskTable.text(task)]
        }
        if let from = filter.takenFrom {
            conditions.append("photo.taken_at >= ?")
            arguments += [from]
        }
        if let to = filter.takenTo {
            // "~" sorts after all that can follow in a moment, so that a beginning of one covers all it begins.
            conditions.append("photo.taken_at <= ? || '~'")
            arguments += [to]
        }
        let sql = """
            SELECT photo.*,
                (SELECT count(*) FROM face
                    WHERE face.photo_id = photo.id AND face.is_ignored = 0 AND \(FaceTable.isVisible)) AS face_count
            FROM photo WHERE \(conditions.joined(separator: " AND ")) ORDER BY photo.id DESC LIMIT ?
            """
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments + [limit]).map { row in
            ListedPhoto(photo: try StoredPhoto(row: row), faceCount: row["face_count"])
        }
    }
}
