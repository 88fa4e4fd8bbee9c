import FaceCache
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import ServiceLifecycle
import Testing

/// A channel whose server is away.
private struct CutChannel: EventChannel {
    private let inner = MemoryEventChannel()
    var isLive: Bool { false }
    func publish(_ message: [UInt8], to topic: String) {}
    func subscribe(
        to topic: String, _ receive: @escaping @Sendable (EventChannelNews) -> Void
    ) -> EventChannelSubscription { inner.subscribe(to: topic, receive) }
}

@Suite(.timeLimit(.minutes(1))) struct EventRelayTests {
    private func read(_ subscription: EventSubscription) async -> [LibraryEvent] {
        var events: [LibraryEvent] = []
        for await event in subscription { events.append(event) }
        return events
    }

    @Test func `Who watches in one process sees what a worker in another one does, in order and to its end`()
        async throws
    {
        let channel = MemoryEventChannel()
        let server = try TestLibrary(channel: channel)
        defer { server.remove() }
        let worker = try TestLibrary(data: server.library.folders.data, channel: channel)
        let id = try server.upload((0..<6).map { _ in [TestLibrary.red] })
        let watched = try server.library.watch(task: id)
        let events = try await worker.working { await self.read(watched) }
        let progress = events.compactMap { event -> TaskProgressEvent? in
            if case .progress(_, let progress) = event { progress } else { nil }
        }
        #expect(progress.map(\.percent) == progress.map(\.percent).sorted())
        #expect(Set(progress.map(\.current)) == Set(0...6))
        #expect(progress.last == TaskProgressEvent(current: 6, total: 6, stage: .finished, percent: 100))
        guard case .updated(let task)? = events.last else {
            Issue.record("the last event is no update")
            return
        }
        // Dates travel as numbers of their own.
        #expect(task == (try server.library.task(id)))
        #expect(task.state == .completed && task.uniquePersons == 1)
    }

    @Test func `Nobody hears his own events twice`() throws {
        let library = try TestLibrary(channel: MemoryEventChannel())
        defer { library.remove() }
        let stats = library.library.events.subscribe(task: nil, limit: 1)
        library.library.events.publish(.stats(LibraryStats(persons: 1, faces: 2, unknownFaces: 3, tasks: 4, photos: 5)))
        // A second one would not have fitted.
        #expect(!stats.hasOverflowed)
    }

    @Test func `The library's numbers reach those who watch in another process`() async throws {
        let channel = MemoryEventChannel()
        let elsewhere = EventBus(channel: channel)
        let library = try TestLibrary(channel: channel)
        defer { library.remove() }
        let watched = library.library.events.subscribe(task: nil)
        let stats = LibraryStats(persons: 1, faces: 2, unknownFaces: 3, tasks: 4, photos: 5)
        elsewhere.publish(.stats(stats))
        library.library.events.close()
        #expect(await read(watched) == [.stats(stats)])
    }

    @Test func `A step back that comes late is not told`() async throws {
        let bus = EventBus()
        let id = TaskID()
        let subscription = bus.subscribe(task: id)
        func task(_ processed: Int, _ state: LibraryTask.State = .processing) -> LibraryTask {
            LibraryTask(
                id: id, kind: .upload, state: state, progress: TaskProgress(totalPhotos: 3, processedPhotos: processed),
                uniquePersons: 0, errorMessage: nil, errors: [], createdAt: .now, completedAt: nil)
        }
        let (first, second, end) = (task(1), task(2), task(2, .cancelled))
        for state in [second, first, end] { bus.publish(.updated(state)) }
        #expect(await read(subscription) == [.updated(second), .updated(end)])
    }

    @Test func `While the channel is cut the store is looked at, so that a watcher sees the end all the same`()
        async throws
    {
        let server = try TestLibrary(channel: CutChannel())
        defer { server.remove() }
        let worker = try TestLibrary(data: server.library.folders.data, channel: CutChannel())
        let id = try server.upload([[TestLibrary.red], [TestLibrary.blue]])
        let catchUp = EventCatchUp(library: server.library)
        let events = try await withThrowingTaskGroup(of: [LibraryEvent].self) { group in
            group.addTask {
                try await catchUp.run()
                return []
            }
            let events = try await worker.working { await self.read(try server.library.watch(task: id)) }
            group.cancelAll()
            return events
        }
        guard case .updated(let task)? = events.last else {
            Issue.record("the last event is no update")
            return
        }
        #expect(task.state == .completed && task.uniquePersons == 2)
    }
}
