public import FaceCore
public import FaceStore
public import Foundation

/// A re-clustering that nobody sees until it is applied.
public struct Draft: Sendable, Hashable, Codable {
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// It waits for its turn or is being computed.
        case computing
        case ready
        /// It cannot be computed; `failure` says why.
        case failed
        case applied
        /// It was applied, and the journal has taken that back.
        case undone
        /// Users changed people in a way that it contradicts.
        case stale
    }

    /// How far it is: faces embedded by another pack; 0 of 0 where no face is.
    public struct Progress: Sendable, Hashable, Codable {
        public var done: Int
        public var total: Int

        public init(done: Int, total: Int) {
            self.done = done
            self.total = total
        }
    }

    public let id: UUID
    public let request: DraftRequest
    public let createdAt: Date
    public var state: State
    public var progress: Progress
    /// A sentence for people; only of a failed one.
    public var failure: String?
    /// What it would change, or has; only of one that is ready or was.
    public var difference: DraftDifference?
    /// Faces that the pack asked for did not find again: they keep their person and are not regrouped.
    public var leftOutFaceCount: Int
    /// The journal entry that applied it.
    public var entry: JournalEntry.ID?
}
