import FaceCore
import FaceStore

/// A photo as exports have it.
struct ExportedPhoto: Encodable {
    let photo: StoredPhoto
    /// Where it lies besides the library's own folder; nil when that is not wanted.
    let paths: [String]?

    private enum CodingKeys: String, CodingKey {
        case id, file, upload, sha256, size, format, width, height, camera, error, model, paths
        case takenAt = "taken_at"
        case createdAt = "created_at"
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(photo.id, forKey: .id)
        try fields.encode(photo.upload?.displayName, forKey: .file)
        try fields.encode(photo.upload?.storedName, forKey: .upload)
        try fields.encode(photo.contentHash, forKey: .sha256)
        try fields.encode(photo.byteCount, forKey: .size)
        try fields.encode(photo.metadata?.format, forKey: .format)
        try fields.encode(photo.metadata?.width, forKey: .width)
        try fields.encode(photo.metadata?.height, forKey: .height)
        try fields.encode(photo.metadata?.camera, forKey: .camera)
        try fields.encode(photo.metadata?.takenAt?.description, forKey: .takenAt)
        try fields.encode(ExportTime.text(photo.addedAt), forKey: .createdAt)
        switch photo.state {
        case .analyzed(let model):
            try fields.encode(model, forKey: .model)
            try fields.encodeNil(forKey: .error)
        case .failed(let reason):
            try fields.encodeNil(forKey: .model)
            try fields.encode(reason, forKey: .error)
        }
        if let paths { try fields.encode(paths, forKey: .paths) }
    }
}

/// A face as exports have it.
struct ExportedFace: Encodable {
    let face: StoredFace
    let includesEmbedding: Bool

    private enum CodingKeys: String, CodingKey {
        case id, box, landmarks, gender, age, embedding
        case photoID = "photo_id"
        case personID = "person_id"
        case isPlacedByUser = "placed_by_user"
        case landmarkLayout = "landmark_layout"
        case detectionScore = "detection_score"
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        let detected = face.face
        try fields.encode(face.id, forKey: .id)
        try fields.encode(face.photo, forKey: .photoID)
        try fields.encode(face.person, forKey: .personID)
        try fields.encode(face.isPlacedByUser, forKey: .isPlacedByUser)
        let box = detected.box
        try fields.encode([box.x, box.y, box.width, box.height], forKey: .box)
        try fields.encode(detected.landmarks.points.map { [$0.x, $0.y] }, forKey: .landmarks)
        try fields.encode(detected.landmarks.layout, forKey: .landmarkLayout)
        try fields.encode(detected.detectionScore, forKey: .detectionScore)
        try fields.encode(face.attributes?.gender, forKey: .gender)
        try fields.encode(face.attributes?.age, forKey: .age)
        if includesEmbedding { try fields.encode(face.embedding.vector, forKey: .embedding) }
    }
}
