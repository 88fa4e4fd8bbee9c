import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct EventBusTests {
    private func read(_ subscription: EventSubscription) async -> [LibraryEvent] {
        var events: [LibraryEvent] = []
        for await event in subscription { events.append(event) }
        return events
    }

    @Test func `Progress never goes down, has an event a photo, and ends at 100 before the final update`() async throws
    {
        let test = try TestLibrary()
        defer { test.remove() }
        let id = try test.upload((0..<12).map { _ in [TestLibrary.red] })
        let events = try await test.working(test.workers(threads: 3)) {
            await self.read(try test.library.watch(task: id))
        }
        let progress = events.compactMap { event -> TaskProgressEvent? in
            if case .progress(_, let progress) = event { progress } else { nil }
        }
        #expect(progress.first?.percent == 0)
        #expect(progress.map(\.percent) == progress.map(\.percent).sorted())
        #expect(Set(progress.map(\.current)) == Set(0...12))
        #expect(progress.dropLast().allSatisfy { $0.percent < 100 })
        guard case .progress(_, let last) = events[events.count - 2], case .updated(let task) = events.last else {
            Issue.record("the end is progress, then update; seen: \(events.suffix(2))")
            return
        }
        #expect(last == TaskProgressEvent(current: 12, total: 12, stage: .finished, percent: 100))
        #expect(task.state == .completed && task.progress.totalFaces == 12)
    }

    @Test func `A late watcher gets the end at once, and his sequence ends`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let id = try test.upload([[TestLibrary.red]])
        try await test.work(off: id)
        let events = await read(try test.library.watch(task: id))
        #expect(events.count == 2)
        #expect(events.first == .progress(id, TaskProgressEvent(current: 1, total: 1, stage: .finished, percent: 100)))
        #expect(events.last == .updated(try #require(try test.library.task(id))))
        #expect(test.library.events.watcherCount == 0)
    }

    @Test func `A task that nobody knows cannot be watched`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let id = TaskID()
        #expect(throws: LibraryError.unknownTask(id.name)) { try test.library.watch(task: id) }
        #expect(test.library.events.watcherCount == 0)
    }

    @Test func `Who watches the library gets the present numbers and every change of them`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let subscription = try test.library.watchStats()
        let id = try test.upload([[TestLibrary.red]])
        try await test.work(off: id)
        test.library.events.close()
        let stats = await read(subscription).map { event -> LibraryStats? in
            if case .stats(let stats) = event { stats } else { nil }
        }
        #expect(stats.first??.tasks == 0)
        #expect(stats.last == LibraryStats(persons: 1, faces: 1, unknownFaces: 0, tasks: 1, photos: 1))
        #expect(!stats.contains(nil))
    }

    @Test func `Watchers of one task hear nothing of another`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let first = try test.upload([[TestLibrary.red]])
        let subscription = try test.library.watch(task: first)
        let second = try test.upload([[TestLibrary.blue]], seed: 9)
        try await test.work(off: first, second)
        for event in await read(subscription) {
            switch event {
            case .progress(let id, _): #expect(id == first)
            case .updated(let task): #expect(task.id == first)
            case .stats: Issue.record("stats are for those who watch the library")
            }
        }
    }

    @Test func `A watcher who does not read is let go and knows it; others miss nothing`() async throws {
        let bus = EventBus()
        let task = TaskID()
        let slow = bus.subscribe(task: task, limit: 4)
        let quick = bus.subscribe(task: task, limit: 100)
        for index in 0..<50 {
            bus.publish(
                .progress(task, TaskProgressEvent(current: index, total: 50, stage: .detecting, percent: index)))
        }
        #expect(slow.hasOverflowed && !quick.hasOverflowed)
        #expect(bus.watcherCount == 1)
        #expect(await read(slow).count == 4)
        bus.close()
        #expect(await read(quick).count == 50)
    }

    @Test func `A cancelled subscription frees its place`() async {
        let bus = EventBus()
        let subscription = bus.subscribe(task: nil)
        #expect(bus.watcherCount == 1)
        subscription.cancel()
        #expect(bus.watcherCount == 0)
        #expect(await read(subscription).isEmpty)
        bus.close()
        #expect(await read(bus.subscribe(task: nil)).isEmpty)
        #expect(bus.watcherCount == 0)
    }
}
