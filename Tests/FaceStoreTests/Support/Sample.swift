import FaceCore
import FaceStore
import Foundation

/// Photos and faces that are told apart by a number.
enum Sample {
    static let model = ModelID("sample/model")
    static let otherModel = ModelID("other/model")

    static func hash(_ number: Int) -> ContentHash {
        let digits = String(number, radix: 16)
        return ContentHash(rawValue: String(repeating: "0", count: 64 - digits.count) + digits)
    }

    static func photo(_ number: Int, model: ModelID = model) -> NewPhoto {
        NewPhoto(
            contentHash: hash(number), byteCount: 1000 + number,
            metadata: PhotoMetadata(
                format: .jpeg, width: 640, height: 480,
                takenAt: CaptureTime(localTime: "2024-05-06T07:08:09", utcOffsetMinutes: 180), camera: "Canon EOS 40D"),
            model: model)
    }

    static func failure(_ number: Int, reason: String = "The file ends too early.") -> FailedPhoto {
        FailedPhoto(contentHash: hash(number), byteCount: 1000 + number, reason: reason)
    }

    static func location(_ path: String, changedAt nanoseconds: Int64 = 1_700_000_000_123_456_789) -> PhotoLocation {
        PhotoLocation(path: path, byteCount: 1000, modifiedAtNanoseconds: nanoseconds)
    }

    static func face(_ number: Int, model: ModelID = model, dimension: Int = 8) -> AnalyzedFace {
        var vector = [Float](repeating: 0.125, count: dimension)
        vector[0] = Float(number)
        return AnalyzedFace(
            face: DetectedFace(
                box: BoundingBox(x: Double(number) + 0.1, y: -3.25, width: 50, height: 60.5),
                landmarks: Landmarks(
                    layout: .eyesNoseMouth, points: (0..<5).map { Point(Double($0) / 3, Double(number)) }),
                detectionScore: 0.875),
            embedding: Embedding(model: model, vector: vector))
    }

    static func faces(_ numbers: Range<Int>, dimension: Int = 8) -> [AnalyzedFace] {
        numbers.map { face($0, dimension: dimension) }
    }
}

extension LibraryStore {
    /// Stores one photo with so many faces and returns their ids.
    func recordFaces(_ count: Int, onPhoto number: Int = 1) throws -> [FaceID] {
        let faces = Sample.faces(0..<count)
        return try photos.record(Sample.photo(number), at: nil, faces: faces).faces.map(\.id)
    }

    /// Makes a person of the faces.
    func makePerson(of faces: [FaceID], author: GroupingChange.Author = .grouping) throws -> PersonID? {
        try self.faces.apply(GroupingChange(author: author, created: [faces])).created[0]
    }
}
