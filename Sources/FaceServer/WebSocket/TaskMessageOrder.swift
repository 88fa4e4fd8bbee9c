import FaceCore

/// Keeps one client's messages about a task in the order that the API promises: the present progress and the present
/// update first, a progress that never goes down, and at the end a progress of 100 before the final update.
///
/// A subscription begins before the present state is read, so that nothing falls between the two; what happened in that
/// moment is then met twice, before and within the present state. What is no news is left out.
struct TaskMessageOrder {
    private let task: TaskID
    private var progress: TaskProgressPayload?
    private var update: TaskUpdatePayload?
    /// Whether the client was told the present state.
    private var hasBegun = false
    /// Whether the client was told the end; nothing comes after it.
    private(set) var hasEnded = false

    init(task: TaskID) {
        self.task = task
    }

    /// What the client is told now that a message has come. Empty for what is no news and for other topics.
    mutating func messages(after message: LiveMessage) -> [LiveMessage] {
        guard !hasEnded else { return [] }
        switch message {
        case .progress(task, let news):
            guard advance(to: news) else { return [] }
            return hasBegun ? presentProgress : begin()
        case .update(task, let news):
            guard advance(to: news) else { return [] }
            if news.isFinal { return end(news) }
            return hasBegun ? presentUpdate : begin()
        default:
            return []
        }
    }

    private mutating func begin() -> [LiveMessage] {
        guard progress != nil, update != nil else { return [] }
        hasBegun = true
        return presentProgress + presentUpdate
    }

    private mutating func end(_ last: TaskUpdatePayload) -> [LiveMessage] {
        hasEnded = true
        var closing =
            progress ?? TaskProgressPayload(current: 0, total: last.data.totalImages ?? 0, stage: "", percent: 0)
        let wasTold = hasBegun && closing.percent == 100
        closing.percent = 100
        if last.status == .completed { closing.current = closing.total }
        progress = closing
        return wasTold ? presentUpdate : presentProgress + presentUpdate
    }

    private var presentProgress: [LiveMessage] { progress.map { [.progress(task, $0)] } ?? [] }

    private var presentUpdate: [LiveMessage] { update.map { [.update(task, $0)] } ?? [] }

    /// - Returns: false when it is the same as before, or behind it.
    private mutating func advance(to news: TaskProgressPayload) -> Bool {
        var news = news
        news.percent = min(max(news.percent, 0), 100)
        if let progress {
            guard news != progress, news.current >= progress.current, news.percent >= progress.percent else {
                return false
            }
        }
        progress = news
        return true
    }

    /// - Returns: false when it is the same as before, or behind it.
    private mutating func advance(to news: TaskUpdatePayload) -> Bool {
        if let update, !news.isFinal {
            guard news != update, news.data.isAtLeast(update.data) else { return false }
        }
        update = news
        return true
    }
}

extension TaskUpdatePayload.Facts {
    /// Whether as many photos and faces are done as in others.
    fileprivate func isAtLeast(_ others: Self) -> Bool {
        (processedImages ?? 0) >= (others.processedImages ?? 0) && (totalFaces ?? 0) >= (others.totalFaces ?? 0)
    }
}
