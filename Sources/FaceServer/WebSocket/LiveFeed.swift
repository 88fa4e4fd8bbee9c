public import FaceCore

/// What a WebSocket client follows.
public enum LiveTopic: Sendable, Hashable {
    case task(TaskID)
    case stats
}

/// The library as the WebSocket endpoint sees it.
public protocol LiveFeed: Sendable {
    associatedtype Subscription: LiveSubscription

    /// The present state first (of a task: its progress and its update), also of a task that has ended, then whatever
    /// happens, without a gap between the two.
    /// - Returns: nil when there is no such task.
    func watch(_ topic: LiveTopic) async throws -> Subscription?
}

/// Messages for one client, kept for it in a bounded queue.
///
/// The iteration ends when the subscription or the iterating task is cancelled or the library shuts down, and throws
/// `LiveFeedError.fellBehind` when messages were lost because they were not taken in time.
public protocol LiveSubscription: AsyncSequence, Sendable where Element == LiveMessage {
    /// Ends the iteration and lets go of what is queued. May be called more than once.
    func cancel()
}

/// Why a subscription ended by itself.
public enum LiveFeedError: UserFacingError, Hashable {
    case fellBehind

    public var message: String {
        switch self {
        case .fellBehind: "The client did not keep up with the messages."
        }
    }
}
