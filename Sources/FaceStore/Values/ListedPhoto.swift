public import FaceCore

/// A photo as lists show it.
public struct ListedPhoto: Sendable, Hashable {
    public let photo: StoredPhoto
    public let faceCount: Int

    public init(photo: StoredPhoto, faceCount: Int) {
        self.photo = photo
        self.faceCount = faceCount
    }
}

/// Which photos a list shows; a photo has to meet every condition that is set.
public struct PhotoFilter: Sendable, Hashable {
    /// She is on it.
    public var person: PersonID?
    /// It came with this task, or was known and came again.
    public var task: TaskID?
    /// Taken then or later by the camera's clock: `YYYY-MM-DDTHH:MM:SS` or a beginning of that, such as a day.
    public var takenFrom: String?
    /// Taken then or earlier, the whole day or hour included when only that much is given. Photos without a date are in
    /// no list with `takenFrom` or `takenTo`.
    public var takenTo: String?

    public init(
        person: PersonID? = nil, task: TaskID? = nil, takenFrom: String? = nil, takenTo: String? = nil
    ) {
        self.person = person
        self.task = task
        self.takenFrom = takenFrom
        self.takenTo = takenTo
    }
}
