import FaceCore
import FaceStore
import Foundation

/// A library of made-up people in a database: each has the same number of faces, a hundred faces lie on a photo.
struct MadeUpLibrary {
    static let model = ModelID("made-up/faces")

    let store: any LibraryStore
    /// What each person's faces are around, in the order of the people's ids from 1 on.
    let centres: [[Float]]

    /// Opens the library in a file, or makes it there.
    init(file: String, people: Int, faces: Int, dimension: Int) throws {
        let isNew = !FileManager.default.fileExists(atPath: file)
        let store = try SQLiteLibraryStore(path: file, precision: .float16)
        try self.init(store, isNew: isNew, people: people, faces: faces, dimension: dimension)
    }

    /// - Parameter isNew: whether the library is to be filled.
    init(_ store: any LibraryStore, isNew: Bool, people: Int, faces: Int, dimension: Int) throws {
        self.store = store
        var made = MadeUpFaces(dimension: dimension)
        centres = (0..<people).map { _ in made.direction() }
        if isNew { try fill(faces: faces, &made) }
    }

    /// A hundred faces of different people a photo; people get their faces in portions of a thousand.
    private func fill(faces: Int, _ made: inout MadeUpFaces) throws {
        try store.adopt(model: Self.model)
        for start in stride(from: 0, to: centres.count, by: 1000) {
            let portion = start..<min(start + 1000, centres.count)
            var owned = [[FaceID]](repeating: [], count: portion.count)
            for group in stride(from: portion.lowerBound, to: portion.upperBound, by: 100) {
                let together = group..<min(group + 100, portion.upperBound)
                for _ in 0..<faces {
                    let vectors = together.map { made.face(near: centres[$0]) }
                    let ids = try record(vectors, hash: made.next())
                    for (person, id) in zip(together, ids) { owned[person - start].append(id) }
                }
            }
            try store.faces.apply(GroupingChange(created: owned))
        }
    }

    /// Stores a photo with these faces.
    func record(_ vectors: [[Float]], hash: UInt64) throws -> [FaceID] {
        let digits = String(hash, radix: 16)
        let photo = NewPhoto(
            contentHash: ContentHash(rawValue: String(repeating: "0", count: 64 - digits.count) + digits), byteCount: 1,
            metadata: PhotoMetadata(format: .jpeg, width: 4000, height: 3000), model: Self.model)
        let faces = vectors.enumerated().map { place, vector in Self.face(vector, at: Double(place) * 30) }
        return try store.photos.record(photo, at: nil, faces: faces).faces.map(\.id)
    }

    static func face(_ vector: [Float], at x: Double = 0) -> AnalyzedFace {
        AnalyzedFace(
            face: DetectedFace(
                box: BoundingBox(x: x, y: 0, width: 150, height: 150),
                landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(Double($0), 0) }),
                detectionScore: 0.9),
            embedding: Embedding(model: model, vector: vector))
    }
}
