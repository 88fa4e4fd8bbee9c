import FaceAnalysis
import FaceCore
import FaceStore
import Foundation

/// Photos that were analysed before they came into the library.
extension Library {
    /// Takes photos in as an upload of its own whose work is done already: what a crash leaves of it is an upload that waits
    /// to be analysed.
    ///
    /// - Returns: the face of each photo, as the library has it.
    /// - Throws: `LibraryError.shuttingDown`, `.diskFull`, `.unwritable`, `.fileTooLarge`, `.store`.
    func keep(
        _ candidates: [EnrolmentCandidate], pack: AnalysisPack
    ) throws(LibraryError) -> (task: TaskID, faces: [FaceID]) {
        let draft = try beginUpload()
        for candidate in candidates {
            try draft.beginFile(displayName: candidate.photo.name)
            do {
                try candidate.photo.bytes.withUnsafeBytes { try draft.append($0) }
            } catch {
                throw (error as? LibraryError)
                    ?? .unwritable(path: draft.folder.path, reason: "the photo cannot be kept")
            }
            try draft.endFile()
        }
        let files = try draft.close()
        let place = folders.uploads.appendingPathComponent(draft.id.name, isDirectory: true)
        do throws(LibraryError) {
            try DurableFolder.move(draft.folder, to: place)
        } catch {
            try? FileManager.default.removeItem(at: draft.folder)
            throw error
        }
        let claims = try storing { () throws(FaceStoreError) in
            try store.queue.enqueue(draft.id, files: files, claimedBy: "enrolment", lease: .seconds(60))
        }
        let limits = AnalysisLimits(
            minimumSize: pack.detection.minimumSize, minimumScore: pack.detection.minimumScore)
        var faces: [FaceID] = []
        for claim in claims {
            let candidate = candidates[claim.index]
            let photo = NewPhoto(
                contentHash: claim.file.contentHash, byteCount: claim.file.byteCount, metadata: candidate.metadata,
                model: pack.model, limits: limits)
            faces.append(
                try storing { () throws(FaceStoreError) in
                    try store.queue.finish(claim, .analyzed(photo, [candidate.face] + candidate.others))
                    return try face(of: claim.file.contentHash, at: candidate.face.face.box)
                })
        }
        changed(.photos, .people)
        statsChanged()
        return (draft.id, faces)
    }

    /// Gives faces to a person by a user's word; those that are hers by one already stay.
    func give(_ faces: [FaceID], to person: PersonID) throws(LibraryError) {
        var moved: [FaceID] = []
        for id in faces {
            let face = try storing { () throws(FaceStoreError) in try store.faces.face(id) }
            guard face?.person != person || face?.isPlacedByUser != true, !moved.contains(id) else { continue }
            moved.append(id)
        }
        if !moved.isEmpty { try edit(.move(moved, to: person)) }
    }

    /// Whose a face is on a photo that the library has already; nil where it is nobody's or not there.
    func owner(of box: BoundingBox, on photo: [UInt8]) throws(LibraryError) -> PersonID? {
        let hash = PhotoBytes.hash(photo)
        return try storing { () throws(FaceStoreError) in
            guard let photo = try store.photos.photo(withHash: hash) else { return nil }
            let faces = try store.faces.faces(on: photo.id)
            return faces.first { $0.face.box.intersectionOverUnion(box) >= 0.5 }?.person
        }
    }

    /// Ends a task whose faces have found their place.
    func endTask(_ id: TaskID) throws(LibraryError) {
        // Who ends tasks may have been quicker.
        if let task = try storing({ () throws(FaceStoreError) in try store.queue.end(id) }) { finished(task) }
    }

    /// The face of a photo that lies where one was found.
    private func face(of content: ContentHash, at box: BoundingBox) throws(FaceStoreError) -> FaceID {
        guard let photo = try store.photos.photo(withHash: content) else {
            throw .unexpected(detail: "the photo that was just stored is gone")
        }
        let faces = try store.faces.faces(on: photo.id)
        let nearest = faces.max {
            $0.face.box.intersectionOverUnion(box) < $1.face.box.intersectionOverUnion(box)
        }
        guard let nearest else { throw .unexpected(detail: "the face that was just stored is gone") }
        return nearest.id
    }
}
