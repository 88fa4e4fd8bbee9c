public import FaceCore

/// What a WebSocket client follows.
public enum LiveTopic: Sendable, Hashable {
    case task(TaskID)
    case stats
}

/// Where a task stands at this moment: what a client that has just connected is told first.
public struct PresentTask: Sendable, Hashable {
    public var progress: TaskProgressPayload
    public var update: TaskUpdatePayload

    public init(progress: TaskProgressPayload, update: TaskUpdatePayload) {
        self.progress = progress
        self.update = update
    }
}

/// The library as the WebSocket endpoint sees it.
public protocol LiveFeed: Sendable {
    associatedtype Subscription: LiveSubscription

    /// Everything on the topic that happens after this call has returned, in the order in which it happened.
    func subscribe(to topic: LiveTopic) -> Subscription
    /// Nil when no task has this identifier.
    func present(of task: TaskID) async throws -> PresentTask?
    func presentStats() async throws -> StatsPayload
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
