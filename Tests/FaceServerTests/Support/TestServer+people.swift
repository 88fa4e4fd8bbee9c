import FaceAnalysis
import FaceCore
import FaceLibrary
import FaceStore

/// People on a line, for servers that group.
extension TestServer {
    /// By squared distances, up to half of one.
    static let line = GroupingOptions(algorithm: .average, eps: 0.5, metric: .euclidean)

    struct NoPack: UserFacingError {
        var message: String { "There is no such pack." }
    }

    /// A pack whose models are never loaded: the embeddings are there already.
    static func models(grouping: GroupingOptions, store: any LibraryStore) -> AnalysisModels {
        AnalysisModels(store: store) {
            AnalysisPack(
                name: "line", licence: "none", isVerified: true, model: ModelID("test/model"),
                detection: DetectionOptions(), grouping: grouping)
        } load: {
            throw NoPack()
        }
    }

    /// Adds people by the places of their faces, each on a photo of its own.
    @discardableResult
    func people(_ places: [[Float]], names: [String?]) throws -> [PersonID] {
        var number = 0
        let faces = try places.map { places in
            try places.map { place in
                number += 1
                let digits = String(number, radix: 16)
                let photo = NewPhoto(
                    contentHash: ContentHash(rawValue: String(repeating: "0", count: 64 - digits.count) + digits),
                    byteCount: 1, metadata: PhotoMetadata(format: .jpeg, width: 200, height: 100),
                    model: ModelID("test/model"))
                let face = AnalyzedFace(
                    face: DetectedFace(
                        box: BoundingBox(x: 10, y: 20, width: 40, height: 50),
                        landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(Double($0), 30) }),
                        detectionScore: 0.9),
                    embedding: Embedding(model: ModelID("test/model"), vector: [place, 0]))
                return try library.store.photos.record(photo, at: nil, faces: [face]).faces[0].id
            }
        }
        let people = try library.store.faces.apply(GroupingChange(created: faces)).created.compactMap { $0 }
        for (person, name) in zip(people, names) {
            if let name { try library.rename(person, to: name) }
        }
        return people
    }
}
