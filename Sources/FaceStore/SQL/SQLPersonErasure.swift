import FaceCore

/// The erasure of deleted persons, inside a transaction.
struct SQLPersonErasure {
    let database: Database

    /// - Parameter moment: who was deleted then or earlier.
    func erase(deletedBefore moment: String) throws -> [ErasedPerson] {
        let ids = try Int64.fetchAll(
            database, sql: "SELECT id FROM person WHERE deleted_at <= ? ORDER BY id", arguments: [moment])
        return try ids.map { try erase($0) }
    }

    private func erase(_ id: Int64) throws -> ErasedPerson {
        let photos = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT DISTINCT photo.id, photo.stored_name FROM face JOIN photo ON photo.id = face.photo_id
                    WHERE face.person_id = ? ORDER BY photo.id
                    """), arguments: [id])
        let herself = try PersonMergeTable.absorbed(by: id, in: database).union([id])
        try JournalTable.erase(herself, in: database)
        try SQLSuggestionAnswers.erase(herself, in: database)
        try AttendanceTable.erase(herself, in: database)
        try PeopleVersion.noteRemoval(ofFacesWhere: "person_id = ?", [id], in: database)
        try database.cachedStatement(sql: "DELETE FROM face WHERE person_id = ?").execute(arguments: [id])
        let faceCount = database.changesCount
        try database.cachedStatement(sql: "DELETE FROM person WHERE id = ?").execute(arguments: [id])
        var unneeded: [String] = []
        for photo in photos {
            if let file = try settle(PhotoID(photo["id"]), storedName: photo["stored_name"]) { unneeded.append(file) }
        }
        return ErasedPerson(
            id: PersonID(id), faceCount: faceCount, photos: photos.map { PhotoID($0["id"]) }, unneededFiles: unneeded)
    }

    /// After a photo lost a face: notes which of its files have to go. Returns its uploaded file if that shows nobody
    /// any more.
    private func settle(_ photo: PhotoID, storedName: String?) throws -> String? {
        let hasFaces = "SELECT EXISTS (SELECT * FROM face WHERE photo_id = ?)"
        let showsOthers = try Bool.fetchOne(database, sql: hasFaces, arguments: [photo.rawValue]) ?? false
        let liesElsewhere = "SELECT EXISTS (SELECT * FROM photo_location WHERE photo_id = ?)"
        let isLocated = try Bool.fetchOne(database, sql: liesElsewhere, arguments: [photo.rawValue]) ?? false
        guard let storedName, !showsOthers else {
            try FileRemovalTable.insert(.drawnCopies, storedName: storedName, photo: photo, in: database)
            try database.execute(
                sql: "UPDATE photo SET lacks_erased_faces = 1 WHERE id = ?", arguments: [photo.rawValue])
            return nil
        }
        try FileRemovalTable.insert(.everything, storedName: storedName, photo: photo, in: database)
        if isLocated {
            try database.execute(
                sql: """
                    UPDATE photo SET stored_name = NULL, display_name = NULL, lacks_erased_faces = 1 WHERE id = ?
                    """,
                arguments: [photo.rawValue])
        } else {
            try database.execute(sql: "DELETE FROM photo WHERE id = ?", arguments: [photo.rawValue])
        }
        return storedName
    }
}
