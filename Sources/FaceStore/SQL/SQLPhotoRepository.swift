import FaceCore

struct SQLPhotoRepository: PhotoRepository {
    let connection: LibraryConnection

    func photo(_ id: PhotoID) throws(FaceStoreError) -> StoredPhoto? {
        try connection.read { try PhotoTable.photo(id, in: $0) }
    }

    func photo(at location: PhotoLocation) throws(FaceStoreError) -> StoredPhoto? {
        try connection.read { database in
            let sql = """
                SELECT photo.* FROM photo_location AS location JOIN photo ON photo.id = location.photo_id
                WHERE location.path = ? AND location.byte_count = ? AND location.modified_at_nanoseconds = ?
                """
            let statement = try database.cachedStatement(sql: sql)
            return try Row.fetchOne(
                statement, arguments: [location.path, location.byteCount, location.modifiedAtNanoseconds]
            ).map(StoredPhoto.init(row:))
        }
    }

    func photo(withHash hash: ContentHash) throws(FaceStoreError) -> StoredPhoto? {
        try connection.read { try PhotoTable.photo(withHash: hash, in: $0) }
    }

    func record(
        _ photo: NewPhoto, at location: PhotoLocation?, faces: [AnalyzedFace]
    ) throws(FaceStoreError) -> RecordedPhoto {
        try connection.write { database in
            try LibraryModel.adopt(photo.model, in: database)
            let known = try PhotoTable.photo(withHash: photo.contentHash, in: database)
            if let known, known.state.isAnalyzed {
                let displaced = try location.flatMap { try LocationTable.put($0, at: known.id, in: database) }
                let stored = try FaceTable.faces(on: known.id, in: database)
                return RecordedPhoto(outcome: .alreadyKnown, photo: known, faces: stored, displaced: displaced)
            }
            let id = try PhotoTable.put(photo, replacing: known?.id, now: connection.now(), in: database)
            try FaceTable.insert(faces, of: photo.model, photo: id, connection: connection, in: database)
            let displaced = try location.flatMap { try LocationTable.put($0, at: id, in: database) }
            return RecordedPhoto(
                outcome: .added, photo: try PhotoTable.known(id, in: database),
                faces: try FaceTable.faces(on: id, in: database), displaced: displaced)
        }
    }

    func recordFailure(_ photo: FailedPhoto, at location: PhotoLocation?) throws(FaceStoreError) -> RecordedPhoto {
        try connection.write { database in
            let known = try PhotoTable.photo(withHash: photo.contentHash, in: database)
            if let known, known.state.isAnalyzed {
                let displaced = try location.flatMap { try LocationTable.put($0, at: known.id, in: database) }
                let stored = try FaceTable.faces(on: known.id, in: database)
                return RecordedPhoto(outcome: .alreadyKnown, photo: known, faces: stored, displaced: displaced)
            }
            let id = try PhotoTable.put(photo, replacing: known?.id, now: connection.now(), in: database)
            let displaced = try location.flatMap { try LocationTable.put($0, at: id, in: database) }
            return RecordedPhoto(
                outcome: known == nil ? .added : .alreadyKnown, photo: try PhotoTable.known(id, in: database),
                faces: [], displaced: displaced)
        }
    }

    func addLocation(_ location: PhotoLocation, to id: PhotoID) throws(FaceStoreError) -> PhotoID? {
        try connection.write { database in
            _ = try PhotoTable.known(id, in: database)
            return try LocationTable.put(location, at: id, in: database)
        }
    }

    func removeLocation(path: String) throws(FaceStoreError) -> Bool {
        try connection.write { database in
            try database.execute(sql: "DELETE FROM photo_location WHERE path = ?", arguments: [path])
            return database.changesCount > 0
        }
    }

    func locations(of id: PhotoID) throws(FaceStoreError) -> [PhotoLocation] {
        try connection.read { database in
            let sql = """
                SELECT path, byte_count AS location_byte_count, modified_at_nanoseconds FROM photo_location
                WHERE photo_id = ? ORDER BY path
                """
            return try Row.fetchAll(database, sql: sql, arguments: [id.rawValue]).map(PhotoLocation.init(row:))
        }
    }

    func photos(under folder: String) throws(FaceStoreError) -> [LocatedPhoto] {
        var prefix = folder
        while prefix.hasSuffix("/") { prefix.removeLast() }
        return try connection.read { database in
            // All paths that begin with "prefix/": they sort between it and "prefix0", the next character after "/".
            let sql = """
                SELECT photo.*, location.path, location.byte_count AS location_byte_count,
                    location.modified_at_nanoseconds
                FROM photo_location AS location JOIN photo ON photo.id = location.photo_id
                WHERE location.path > ? AND location.path < ? ORDER BY location.path
                """
            return try Row.fetchAll(database, sql: sql, arguments: [prefix + "/", prefix + "0"]).map { row in
                LocatedPhoto(photo: try StoredPhoto(row: row), location: PhotoLocation(row: row))
            }
        }
    }

    func photos(after id: PhotoID?, limit: Int) throws(FaceStoreError) -> [StoredPhoto] {
        try connection.read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM photo WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [id?.rawValue ?? 0, max(limit, 0)]
            ).map(StoredPhoto.init(row:))
        }
    }

    func photo(storedAs storedName: String) throws(FaceStoreError) -> StoredPhoto? {
        try connection.read { database in
            let statement = try database.cachedStatement(sql: "SELECT * FROM photo WHERE stored_name = ?")
            return try Row.fetchOne(statement, arguments: [storedName]).map(StoredPhoto.init(row:))
        }
    }

    func page(
        _ filter: PhotoFilter, after cursor: PageCursor?, limit: Int
    ) throws(FaceStoreError) -> Page<ListedPhoto> {
        try connection.read { database in
            let photos = try PhotoTable.list(filter, before: cursor?.id, limit: limit.andOneMore, in: database)
            return Page(photos, limit: limit, element: { $0 }) { PageCursor(id: $0.photo.id.rawValue) }
        }
    }

    func forget(_ id: PhotoID) throws(FaceStoreError) {
        try connection.write { database in
            if let upload = try PhotoTable.known(id, in: database).upload {
                try FileRemovalTable.insert(.everything, storedName: upload.storedName, photo: id, in: database)
            }
            let owners = try Int64.fetchSet(
                database, sql: "SELECT person_id FROM face WHERE photo_id = ? AND person_id IS NOT NULL",
                arguments: [id.rawValue])
            try PeopleVersion.noteRemoval(ofFacesWhere: "photo_id = ?", [id.rawValue], in: database)
            try database.execute(sql: "DELETE FROM photo WHERE id = ?", arguments: [id.rawValue])
            _ = try PersonTable.settle(owners, now: connection.now(), in: database)
        }
    }
}
