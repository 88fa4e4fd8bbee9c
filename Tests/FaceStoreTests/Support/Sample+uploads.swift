import FaceCore
import FaceStore
import Foundation

extension Sample {
    /// A lease that does not run out by looks at the clock.
    static let lease = Duration.seconds(3600)

    /// The file of photo `number` in a task.
    static func file(_ number: Int, in task: TaskID, rejection: String? = nil) -> QueuedFile {
        QueuedFile(
            displayName: "Фото \(number).jpg", storedName: "\(task.uuidString.lowercased())/\(number).jpg",
            contentHash: hash(number), byteCount: 1000 + number, rejection: rejection)
    }

    /// What the analysis of the claim's photo gave: that photo with so many faces.
    static func analysis(
        of claim: ClaimedPhoto, faces count: Int = 1, limits: AnalysisLimits? = nil
    ) -> PhotoOutcome {
        var photo = photo(0)
        photo.contentHash = claim.file.contentHash
        photo.byteCount = claim.file.byteCount
        photo.limits = limits
        return .analyzed(photo, spread(0..<count))
    }

    /// Faces that do not overlap, each as wide as its number plus 20.
    static func spread(_ numbers: Range<Int>) -> [AnalyzedFace] {
        numbers.map { number in
            var face = face(number)
            face.face.box = BoundingBox(
                x: Double(number) * 100, y: 0, width: Double(number) + 20, height: 60)
            return face
        }
    }
}

extension LibraryStore {
    /// Queues photos with these numbers as a task.
    @discardableResult
    func upload(_ numbers: some Sequence<Int>, overrides: AnalysisOverrides = AnalysisOverrides()) throws -> TaskID {
        let id = TaskID()
        _ = try queue.enqueue(id, files: numbers.map { Sample.file($0, in: id) }, overrides: overrides)
        return id
    }

    /// Claims one photo after the other until none waits, and finishes each with so many faces.
    func workOff(faces: Int = 1) throws {
        while let claim = try queue.claim(worker: "worker", lease: Sample.lease) {
            try queue.finish(claim, Sample.analysis(of: claim, faces: faces))
        }
    }

    /// Uploads photos of one face each and makes a person of all of them.
    func uploadPerson(_ numbers: some Sequence<Int>, faces: Int = 1) throws -> (person: PersonID, task: TaskID) {
        let task = try upload(numbers)
        try workOff(faces: faces)
        let ids = try photos.page(PhotoFilter(task: task), after: nil, limit: 1000).elements.reversed()
            .flatMap { try self.faces.faces(on: $0.photo.id).map(\.id) }
        guard let person = try makePerson(of: ids) else { throw FaceStoreError.invalidFace }
        _ = try queue.end(task)
        return (person, task)
    }
}
