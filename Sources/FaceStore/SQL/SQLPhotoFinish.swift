import FaceCore

/// What becomes of a claimed photo on its way into the database, inside a transaction.
struct SQLPhotoFinish {
    let claim: ClaimedPhoto
    let connection: LibraryConnection
    let database: Database

    func apply(_ outcome: PhotoOutcome) throws -> LibraryTask {
        switch try TaskFileTable.state(of: claim, in: database) {
        case .inWork: break
        case .done, .failed: return try TaskTable.known(claim.task, in: database)
        case .queued, .cancelled, nil: throw FaceStoreError.leaseLost
        }
        var faceCount = 0
        switch outcome {
        case .analyzed(let photo, let faces): faceCount = try finish(on: store(photo, faces))
        case .known(let id):
            guard try PhotoTable.photo(id, in: database)?.state.isAnalyzed == true else {
                throw FaceStoreError.unknownPhoto(id)
            }
            faceCount = try finish(on: id)
        case .failed(let reason): try fail(for: reason)
        }
        let sql = """
            UPDATE task SET processed_photos = processed_photos + 1, total_faces = total_faces + ?
            WHERE id = ? AND state = 'processing'
            """
        try database.cachedStatement(sql: sql).execute(arguments: [faceCount, TaskTable.text(claim.task)])
        guard database.changesCount > 0 else { throw FaceStoreError.leaseLost }
        return try TaskTable.known(claim.task, in: database)
    }

    /// Brings the photo and those of its faces that the library does not have into it.
    private func store(_ photo: NewPhoto, _ faces: [AnalyzedFace]) throws -> PhotoID {
        try LibraryModel.adopt(photo.model, in: database)
        let known = try PhotoTable.photo(withHash: photo.contentHash, in: database)
        guard let known, known.state.isAnalyzed else {
            let id = try PhotoTable.put(photo, replacing: known?.id, now: connection.now(), in: database)
            try FaceTable.insert(faces, of: photo.model, photo: id, connection: connection, in: database)
            return id
        }
        let boxes = try FaceTable.allBoxes(on: known.id, in: database)
        var missing: [AnalyzedFace] = []
        var found: [(face: FaceID, embedding: Embedding)] = []
        for face in faces {
            let same = boxes.first { $0.box.intersectionOverUnion(face.face.box) >= Self.sameFaceOverlap }
            if let same { found.append((same.face, face.embedding)) } else { missing.append(face) }
        }
        if known.state != .analyzed(model: photo.model) {
            // The photo was left behind when the library changed over to this model; here is what it lacked.
            try EmbeddingRows.add(found, of: photo.model, precision: connection.precision, in: database)
        }
        try FaceTable.insert(missing, of: photo.model, photo: known.id, connection: connection, in: database)
        if let limits = photo.limits, !known.covers(limits) {
            try PhotoTable.setLimits(limits, of: known.id, in: database)
        }
        return known.id
    }

    /// Intersection over union from which on two boxes of one photo are the same face; two faces that overlap so much are
    /// one to the detectors too.
    private static let sameFaceOverlap = 0.5

    /// Returns how many faces of the photo count for the task.
    private func finish(on photo: PhotoID) throws -> Int {
        try FaceTable.releaseFromDeleted(on: photo, now: connection.now(), in: database)
        let file = claim.file
        let upload = PhotoUpload(storedName: file.storedName, displayName: file.displayName)
        if try !PhotoTable.setUpload(upload, of: photo, in: database) {
            try FileRemovalTable.insert(.everything, storedName: file.storedName, photo: nil, in: database)
        }
        let count = try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM face
                WHERE photo_id = :photo AND \(FaceTable.counts(minimumSize: ":size", minimumScore: ":score"))
                """,
            arguments: [
                "photo": photo.rawValue, "size": claim.overrides.minimumSize, "score": claim.overrides.minimumScore,
            ])
        try close(as: .done, "photo_id = ?, face_count = ?", [photo.rawValue, count])
        return count ?? 0
    }

    private func fail(for reason: String) throws {
        try TaskTable.addError(
            TaskFileError(file: claim.file.displayName, error: reason), to: claim.task, in: database)
        try FileRemovalTable.insert(.everything, storedName: claim.file.storedName, photo: nil, in: database)
        try close(as: .failed, "failure = ?", [reason])
    }

    private func close(
        as state: TaskFileTable.State, _ columns: String, _ values: StatementArguments
    ) throws {
        let isMine = try TaskFileTable.update(
            claim, set: "state = '\(state.rawValue)', worker = NULL, leased_until = NULL, \(columns)", values,
            in: database)
        guard isMine else { throw FaceStoreError.leaseLost }
    }
}
