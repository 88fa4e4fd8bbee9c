import FaceCore
import FaceLibrary
import FaceStore

/// The library's events as WebSocket clients are told them.
struct LibraryFeed: LiveFeed {
    let library: Library
    let calls: BlockingCalls
    /// In which failures are told: a frame has no `Accept-Language`.
    let language: Language

    func watch(_ topic: LiveTopic) async throws -> LibraryMessages? {
        let library = library
        do {
            let events = try await calls.run {
                switch topic {
                case .task(let id): try library.watch(task: id)
                case .stats: try library.watchStats()
                }
            }
            return LibraryMessages(events: events, language: language)
        } catch LibraryError.unknownTask {
            return nil
        }
    }
}

/// One client's events, as messages.
struct LibraryMessages: LiveSubscription {
    let events: EventSubscription
    let language: Language

    func cancel() { events.cancel() }

    func makeAsyncIterator() -> Iterator {
        Iterator(events: events, iterator: events.makeAsyncIterator(), language: language)
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let events: EventSubscription
        fileprivate var iterator: EventSubscription.AsyncIterator
        fileprivate let language: Language

        /// - Throws: `LiveFeedError.fellBehind`.
        mutating func next() async throws -> LiveMessage? {
            guard let event = await iterator.next() else {
                if events.hasOverflowed { throw LiveFeedError.fellBehind }
                return nil
            }
            return LiveMessage(event, in: language)
        }
    }
}

extension LiveMessage {
    init(_ event: LibraryEvent, in language: Language) {
        switch event {
        case .progress(let task, let progress):
            let payload = TaskProgressPayload(
                current: progress.current, total: progress.total, stage: progress.stage.title,
                percent: progress.percent)
            self = .progress(task, payload)
        case .updated(let task):
            self = .update(task.id, TaskUpdatePayload(task, in: language))
        case .stats(let stats):
            let payload = StatsPayload(
                totalPersons: stats.persons, totalFaces: stats.faces, totalTasks: stats.tasks,
                totalPhotos: stats.photos, unknownFaces: stats.unknownFaces)
            self = .stats(payload)
        }
    }
}

extension TaskUpdatePayload {
    fileprivate init(_ task: LibraryTask, in language: Language) {
        let hasEnded = task.state != .processing
        let facts = Facts(
            totalImages: task.progress.totalPhotos, processedImages: task.progress.processedPhotos,
            totalFaces: task.progress.totalFaces, uniquePersons: hasEnded ? task.uniquePersons : nil,
            error: task.failure(in: language), code: task.failureCode)
        let status: Status =
            switch task.state {
            case .processing: .processing
            case .completed: .completed
            case .failed, .cancelled: .failed
            }
        self.init(status: status, data: facts)
    }
}
