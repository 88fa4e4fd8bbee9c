import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Imaging

/// What is in the library of a test: a task with a photo of two faces, one of Anna's and one of nobody's.
struct TestContent {
    let task: TaskID
    let photo: PhotoID
    let person: PersonID
    let unknownFace: FaceID
}

extension TestServer {
    /// A photo of 200×100 pixels.
    static let jpeg: [UInt8] = {
        let pixels = (0..<200 * 100).flatMap { index -> [UInt8] in [UInt8(index % 200), UInt8(index / 200), 77] }
        return (try? Photo(width: 200, height: 100, pixels: pixels).jpeg(quality: 90)) ?? []
    }()

    /// Uploads a photo that waits for a worker from then on.
    @discardableResult func queueUpload() throws -> TaskID {
        let draft = try library.beginUpload()
        try draft.beginFile(displayName: "Отпуск.jpg")
        try Self.jpeg.withUnsafeBytes { try draft.append($0) }
        try draft.endFile()
        return try library.commit(draft)
    }

    /// Uploads a photo and gives it its faces, as a worker would.
    func fill() throws -> TestContent {
        let task = try queueUpload()
        guard let claim = try library.store.queue.claim(worker: "test", lease: .seconds(60)) else {
            throw LibraryError.unknownTask(task.name)
        }
        let metadata = PhotoMetadata(
            format: .jpeg, width: 200, height: 100, takenAt: CaptureTime(localTime: "2024-05-06T07:08:09"),
            camera: "Canon EOS 40D")
        let photo = NewPhoto(
            contentHash: claim.file.contentHash, byteCount: claim.file.byteCount, metadata: metadata,
            model: ModelID("test/model"))
        try library.store.queue.finish(claim, .analyzed(photo, [Self.face(at: 10), Self.face(at: 100)]))
        let stored = try library.store.photos.page(PhotoFilter(task: task), after: nil, limit: 1).elements
        guard let stored = stored.first?.photo.id else { throw LibraryError.unknownPicture }
        let faces = try library.store.faces.faces(on: stored).map(\.id)
        guard let person = try library.store.faces.apply(GroupingChange(created: [[faces[0]]])).created[0] else {
            throw LibraryError.unknownPerson("")
        }
        _ = try library.store.queue.end(task)
        // Ends what was cached meanwhile.
        try library.rename(person, to: "Anna")
        return TestContent(task: task, photo: stored, person: person, unknownFace: faces[1])
    }

    private static func face(at x: Double) -> AnalyzedFace {
        AnalyzedFace(
            face: DetectedFace(
                box: BoundingBox(x: x, y: 20, width: 40, height: 50),
                landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(x + Double($0), 30) }),
                detectionScore: 0.9),
            embedding: Embedding(model: ModelID("test/model"), vector: [Float(x), 1, 0, 0]))
    }
}
