public import FaceCore
public import Foundation

/// A file of an upload, safely on disk, that is to be analysed.
public struct QueuedFile: Sendable, Hashable {
    /// As the user named it; shown, never used as a path.
    public var displayName: String
    /// Where it lies: `TASK/FILE` below the folder of uploads, URL-safe. Never used for another file, before or after.
    public var storedName: String
    public var contentHash: ContentHash
    /// Size of the file in bytes.
    public var byteCount: Int
    /// Why it is known already to be no photo, a sentence for people: it is recorded as failed and not queued, and its
    /// stored file is not needed.
    public var rejection: String?

    public init(
        displayName: String, storedName: String, contentHash: ContentHash, byteCount: Int, rejection: String? = nil
    ) {
        self.displayName = displayName
        self.storedName = storedName
        self.contentHash = contentHash
        self.byteCount = byteCount
        self.rejection = rejection
    }
}

public enum LeaseKind: Sendable {}

/// Tells one claim of a photo from all earlier and later claims of the same photo.
public typealias LeaseID = Identifier<LeaseKind>

/// A photo that one worker has in hand until its lease runs out.
public struct ClaimedPhoto: Sendable, Hashable {
    public let task: TaskID
    /// The file's place in its task, from 0.
    public let index: Int
    public let file: QueuedFile
    public let overrides: AnalysisOverrides
    public let lease: LeaseID
    /// How often the photo was claimed and not given back, this time included: more than a few mean that it may be what
    /// kills the process.
    public let attempt: Int

    public init(
        task: TaskID, index: Int, file: QueuedFile, overrides: AnalysisOverrides, lease: LeaseID, attempt: Int
    ) {
        self.task = task
        self.index = index
        self.file = file
        self.overrides = overrides
        self.lease = lease
        self.attempt = attempt
    }
}

/// What became of a claimed photo.
public enum PhotoOutcome: Sendable {
    /// It was analysed, with these faces in the order of the detector.
    case analyzed(NewPhoto, [AnalyzedFace])
    /// The library holds the same content, analysed with limits that cover those of the task.
    case known(PhotoID)
    /// The file is no photo that can be analysed, and why, in a sentence for people; its stored file is not needed any
    /// more. For trouble that is not the file's use `TaskQueue.giveBack(_:)`.
    case failed(reason: String)
}

/// A file of a task and how far it has come.
public struct TaskFile: Sendable, Hashable {
    public enum State: Sendable, Hashable {
        case queued
        /// A worker has it.
        case inWork
        /// Done; nil when its photo was removed from the library since.
        case done(PhotoID?)
        /// It is no photo that can be analysed, and why.
        case failed(reason: String)
        /// The task was cancelled before its turn.
        case cancelled
    }

    /// The file's place in its task, from 0.
    public let index: Int
    public let displayName: String
    public let state: State
    /// Faces on the photo that count under the task's overrides; 0 until it is done.
    public let faceCount: Int

    public init(index: Int, displayName: String, state: State, faceCount: Int) {
        self.index = index
        self.displayName = displayName
        self.state = state
        self.faceCount = faceCount
    }
}
