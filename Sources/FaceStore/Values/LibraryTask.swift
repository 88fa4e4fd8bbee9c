public import FaceCore
public import Foundation

/// A piece of work over many photos, such as one scan, as it is or was.
public struct LibraryTask: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case scan
        case upload
    }

    public enum State: String, Sendable, Hashable, CaseIterable {
        case processing
        case completed
        case failed
        case cancelled
    }

    public let id: TaskID
    public let kind: Kind
    public let state: State
    public let progress: TaskProgress
    /// How many persons the faces of the task's photos belong to; known when it has ended.
    public let uniquePersons: Int
    /// Why it failed, a sentence for people.
    public let errorMessage: String?
    /// Files that could not be analysed, in the order in which they were met.
    public let errors: [TaskFileError]
    public let createdAt: Date
    /// Nil while it is in work.
    public let completedAt: Date?

    public init(
        id: TaskID, kind: Kind, state: State, progress: TaskProgress, uniquePersons: Int, errorMessage: String?,
        errors: [TaskFileError], createdAt: Date, completedAt: Date?
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.progress = progress
        self.uniquePersons = uniquePersons
        self.errorMessage = errorMessage
        self.errors = errors
        self.createdAt = createdAt
        self.completedAt = completedAt
    }
}

/// The counters of a task.
public struct TaskProgress: Sendable, Hashable {
    /// Photos that the task was given.
    public var totalPhotos: Int
    /// Photos that are done: analysed, known before or failed.
    public var processedPhotos: Int
    /// Faces on the photos that are done, those of known photos too.
    public var totalFaces: Int

    public init(totalPhotos: Int, processedPhotos: Int = 0, totalFaces: Int = 0) {
        self.totalPhotos = totalPhotos
        self.processedPhotos = processedPhotos
        self.totalFaces = totalFaces
    }
}

/// A file of a task that could not be analysed.
public struct TaskFileError: Sendable, Hashable, Codable {
    /// As the user knows it: a path or the name of an uploaded file.
    public var file: String
    /// A sentence for people.
    public var error: String

    public init(file: String, error: String) {
        self.file = file
        self.error = error
    }
}

/// How a task ended.
public enum TaskOutcome: Sendable, Hashable {
    case completed(uniquePersons: Int)
    /// With a sentence for people.
    case failed(message: String)
    case cancelled
}
