import FaceCore

/// Rows of `photo`.
enum PhotoTable {
    static func photo(_ id: PhotoID, in database: Database) throws -> StoredPhoto? {
        let statement = try database.cachedStatement(sql: "SELECT * FROM photo WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id.rawValue]).map(StoredPhoto.init(row:))
    }

    static func known(_ id: PhotoID, in database: Database) throws -> StoredPhoto {
        guard let photo = try photo(id, in: database) else { throw FaceStoreError.unknownPhoto(id) }
        return photo
    }

    static func photo(withHash hash: ContentHash, in database: Database) throws -> StoredPhoto? {
        let statement = try database.cachedStatement(sql: "SELECT * FROM photo WHERE content_hash = ?")
        return try Row.fetchOne(statement, arguments: [hash.rawValue]).map(StoredPhoto.init(row:))
    }

    static func put(
        _ photo: NewPhoto, replacing id: PhotoID?, now: String, in database: Database
    ) throws -> PhotoID {
        try put(
            id: id, hash: photo.contentHash, byteCount: photo.byteCount, metadata: photo.metadata,
            state: .analyzed(model: photo.model), limits: photo.limits, now: now, in: database)
    }

    static func put(
        _ photo: FailedPhoto, replacing id: PhotoID?, now: String, in database: Database
    ) throws -> PhotoID {
        try put(
            id: id, hash: photo.contentHash, byteCount: photo.byteCount, metadata: photo.metadata,
            state: .failed(reason: photo.reason), limits: nil, now: now, in: database)
    }

    /// Inserts a photo, or with an id replaces all but the moment of its first appearance.
    private static func put(
        id: PhotoID?, hash: ContentHash, byteCount: Int, metadata: PhotoMetadata?, state: PhotoState,
        limits: AnalysisLimits?, now: String, in database: Database
    ) throws -> PhotoID {
        let (stateName, model, failure): (String, String?, String?) =
            switch state {
            case .analyzed(let model): ("analyzed", model.rawValue, nil)
            case .failed(let reason): ("failed", nil, reason)
            }
        let sql = """
            INSERT INTO photo (id, content_hash, byte_count, format, width, height, taken_at, taken_at_offset_minutes,
                camera, state, model, failure, minimum_size, minimum_score, added_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET byte_count = excluded.byte_count, format = excluded.format,
                width = excluded.width, height = excluded.height, taken_at = excluded.taken_at,
                taken_at_offset_minutes = excluded.taken_at_offset_minutes, camera = excluded.camera,
                state = excluded.state, model = excluded.model, failure = excluded.failure,
                minimum_size = excluded.minimum_size, minimum_score = excluded.minimum_score
            """
        try database.cachedStatement(sql: sql).execute(arguments: [
            id?.rawValue, hash.rawValue, byteCount, metadata?.format.rawValue, metadata?.width, metadata?.height,
            metadata?.takenAt?.localTime, metadata?.takenAt?.utcOffsetMinutes, metadata?.camera, stateName, model,
            failure, limits?.minimumSize, limits?.minimumScore, now,
        ])
        return id ?? PhotoID(database.lastInsertedRowID)
    }

    /// After an analysis whose faces were all added: the photo lacks none within its limits.
    static func setLimits(_ limits: AnalysisLimits, of id: PhotoID, in database: Database) throws {
        let sql = "UPDATE photo SET minimum_size = ?, minimum_score = ?, lacks_erased_faces = 0 WHERE id = ?"
        try database.cachedStatement(sql: sql).execute(arguments: [
            limits.minimumSize, limits.minimumScore, id.rawValue,
        ])
    }

    /// Makes the uploaded file the one in which the photo lies, unless it lies in another one.
    ///
    /// - Returns: whether the photo lies in this file now.
    static func setUpload(_ upload: PhotoUpload, of id: PhotoID, in database: Database) throws -> Bool {
        let sql = """
            UPDATE photo SET stored_name = :name, display_name = coalesce(display_name, :display)
            WHERE id = :id AND (stored_name IS NULL OR stored_name = :name)
            """
        try database.cachedStatement(sql: sql).execute(arguments: [
            "name": upload.storedName, "display": upload.displayName, "id": id.rawValue,
        ])
        return database.changesCount > 0
    }
}

/// Rows of `photo_location`.
enum LocationTable {
    /// Writes where a photo lies. Returns the photo that lay at this path before and now lies nowhere; one that had only
    /// ever failed is dropped instead, for nothing is lost with it.
    static func put(_ location: PhotoLocation, at photo: PhotoID, in database: Database) throws -> PhotoID? {
        let previous = try Int64.fetchOne(
            database, sql: "SELECT photo_id FROM photo_location WHERE path = ? AND photo_id <> ?",
            arguments: [location.path, photo.rawValue])
        let sql = """
            INSERT INTO photo_location (path, photo_id, byte_count, modified_at_nanoseconds) VALUES (?, ?, ?, ?)
            ON CONFLICT (path) DO UPDATE SET photo_id = excluded.photo_id, byte_count = excluded.byte_count,
                modified_at_nanoseconds = excluded.modified_at_nanoseconds
            """
        try database.cachedStatement(sql: sql).execute(arguments: [
            location.path, photo.rawValue, location.byteCount, location.modifiedAtNanoseconds,
        ])
        guard let previous else { return nil }
        let liesElsewhere = "SELECT EXISTS (SELECT * FROM photo_location WHERE photo_id = ?)"
        guard try Bool.fetchOne(database, sql: liesElsewhere, arguments: [previous]) != true else { return nil }
        try database.execute(sql: "DELETE FROM photo WHERE id = ? AND state = 'failed'", arguments: [previous])
        return database.changesCount > 0 ? nil : PhotoID(previous)
    }
}

extension StoredPhoto {
    init(row: Row) throws {
        let state: String = row["state"]
        let photoState: PhotoState
        switch state {
        case "analyzed": photoState = .analyzed(model: ModelID(rawValue: row["model"]))
        case "failed": photoState = .failed(reason: row["failure"])
        default: throw FaceStoreError.unexpected(detail: "a photo in the unknown state \(state)")
        }
        self.init(
            id: PhotoID(row["id"]), contentHash: ContentHash(rawValue: row["content_hash"]),
            byteCount: row["byte_count"], metadata: try PhotoMetadata(row: row), state: photoState,
            addedAt: try row.date("added_at"), upload: PhotoUpload(row: row), limits: AnalysisLimits(row: row),
            lacksErasedFaces: row["lacks_erased_faces"])
    }
}

extension PhotoUpload {
    fileprivate init?(row: Row) {
        guard let storedName: String = row["stored_name"], let displayName: String = row["display_name"] else {
            return nil
        }
        self.init(storedName: storedName, displayName: displayName)
    }
}

extension AnalysisLimits {
    fileprivate init?(row: Row) {
        guard let size: Double = row["minimum_size"], let score: Double = row["minimum_score"] else { return nil }
        self.init(minimumSize: size, minimumScore: score)
    }
}

extension PhotoMetadata {
    fileprivate init?(row: Row) throws {
        guard !row.isNull("format") else { return nil }
        let localTime: String? = row["taken_at"]
        self.init(
            format: try row.value("format", as: PhotoFormat.self), width: row["width"], height: row["height"],
            takenAt: localTime.map {
                CaptureTime(localTime: $0, utcOffsetMinutes: row["taken_at_offset_minutes"])
            },
            camera: row["camera"])
    }
}

extension PhotoLocation {
    init(row: Row) {
        self.init(
            path: row["path"], byteCount: row["location_byte_count"],
            modifiedAtNanoseconds: row["modified_at_nanoseconds"])
    }
}
