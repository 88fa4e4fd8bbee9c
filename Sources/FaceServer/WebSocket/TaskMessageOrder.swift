import FaceCore

/// Keeps one client's messages about a task in the order that the API promises: the present progress and the present
/// state first, a progress that never goes down, and at the end a progress of 100 before the final state.
///
/// The subscription begins before the present state is read, so that nothing falls between the two; what happened in
/// that moment is then met twice, and workers finish photos in any order. Both show as a progress that lies behind what
/// the client was told, and it is raised to that.
struct TaskMessageOrder {
    let task: TaskID
    private(set) var hasEnded = false
    private var told = TaskProgressPayload(current: 0, total: 0, stage: "", percent: 0)

    init(task: TaskID) {
        self.task = task
    }

    /// What a client hears when it connects.
    mutating func begin(with present: PresentTask) -> [LiveMessage] {
        told = present.progress
        told.percent = min(max(told.percent, 0), 100)
        guard present.update.isFinal else {
            return [.progress(task, told), .update(task, present.update)]
        }
        hasEnded = true
        told.percent = 100
        return [.progress(task, told), .update(task, present.update)]
    }

    /// What becomes of a message of the subscription. Empty for other topics' messages and after the end.
    mutating func following(_ message: LiveMessage) -> [LiveMessage] {
        guard !hasEnded else { return [] }
        switch message {
        case .progress(task, let payload):
            advance(to: payload)
            return [.progress(task, told)]
        case .update(task, let payload):
            guard payload.isFinal else { return [message] }
            hasEnded = true
            guard told.percent < 100 else { return [message] }
            told.percent = 100
            if payload.status == .completed { told.current = told.total }
            return [.progress(task, told), message]
        default:
            return []
        }
    }

    private mutating func advance(to payload: TaskProgressPayload) {
        let isBehind = payload.current < told.current || payload.percent < told.percent
        told.current = max(told.current, payload.current)
        told.percent = min(max(told.percent, payload.percent), 100)
        told.total = max(told.total, payload.total)
        if !isBehind { told.stage = payload.stage }
    }
}
