import FaceAnalysis
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

/// What a killed process leaves behind is found by the next one, which shares nothing with it but the folder.
@Suite(.timeLimit(.minutes(1))) struct TaskRecoveryTests {
    private static let photos: [[(UInt8, UInt8, UInt8)]] = [
        [TestLibrary.red, TestLibrary.blue], [TestLibrary.red], [TestLibrary.green], [TestLibrary.blue], [],
    ]

    private func undisturbed() async throws -> LibraryStats {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload(Self.photos))
        return try test.library.stats()
    }

    @Test func `A worker that dies without finishing costs nothing: its lease runs out`() async throws {
        let dead = try TestLibrary()
        defer { dead.remove() }
        let id = try dead.upload(Self.photos)
        // Two photos were in hand, and one was done.
        _ = try dead.store.queue.claim(worker: "dead", lease: .seconds(30))
        _ = try dead.store.queue.claim(worker: "dead", lease: .seconds(30))
        let next = try TestLibrary(data: dead.library.folders.data, clock: dead.clock)
        try await next.working {
            while try next.library.task(id)?.progress.processedPhotos != 3 {
                try await Task.sleep(for: .milliseconds(10))
            }
            try await Task.sleep(for: .milliseconds(200))
            #expect(try next.library.task(id)?.state == .processing)
            dead.clock.advance(by: 31)
            let task = try await next.end(of: id)
            #expect(task.state == .completed && task.progress.processedPhotos == 5)
        }
        #expect(try next.library.stats() == (try await undisturbed()))
    }

    @Test func `The next process of the same name waits for no lease`() async throws {
        let dead = try TestLibrary()
        defer { dead.remove() }
        let id = try dead.upload(Self.photos)
        _ = try dead.store.queue.claim(worker: "serve", lease: .seconds(3600))
        let next = try TestLibrary(data: dead.library.folders.data, clock: dead.clock)
        let workers = next.workers()
        #expect(try workers.recover() == 1)
        #expect(try await next.work(off: id, with: workers)[0].progress.processedPhotos == 5)
        #expect(try next.library.stats() == (try await undisturbed()))
    }

    @Test func `A death after the last photo, before the grouping, is made good`() async throws {
        let dead = try TestLibrary()
        defer { dead.remove() }
        let id = try dead.upload([[TestLibrary.red], [TestLibrary.red]])
        let pack = try dead.models.pack()
        while let claim = try dead.store.queue.claim(worker: "dead", lease: .seconds(30)) {
            let photo = NewPhoto(
                contentHash: claim.file.contentHash, byteCount: claim.file.byteCount,
                metadata: PhotoMetadata(format: .ppm, width: 40, height: 40), model: pack.model)
            let faces = try PaintedFaces.analyzer.analyze(
                Photo(width: 40, height: 40, pixels: [UInt8](repeating: 250, count: 4800)))
            try dead.store.queue.finish(claim, .analyzed(photo, faces))
        }
        #expect(try dead.library.task(id)?.state == .processing)
        let next = try TestLibrary(data: dead.library.folders.data, clock: dead.clock)
        let task = try await next.work(off: id)[0]
        #expect(task.state == .completed && task.uniquePersons == 1)
    }

    @Test func `Photos in hand at shutdown are finished when that is quick`() async throws {
        let seen = Counter()
        let test = try TestLibrary(analyzer: {
            HookedAnalyzer.make { _ in
                seen.increment()
                Thread.sleep(forTimeInterval: 0.1)
            }
        })
        defer { test.remove() }
        // So many that a machine with much else to do is not through with them before it is told to stop.
        let id = try test.upload((0..<250).map { _ in [TestLibrary.red] })
        try await test.working { while seen.value == 0 { try await Task.sleep(for: .milliseconds(5)) } }
        let task = try #require(try test.library.task(id))
        #expect(task.progress.processedPhotos >= 1 && task.progress.processedPhotos < 250)
        #expect(try test.library.queueLength() == 250 - task.progress.processedPhotos)
    }

    @Test func `A photo that takes too long at shutdown is given back and can be claimed at once`() async throws {
        let gate = DispatchSemaphore(value: 0)
        let seen = Counter()
        let test = try TestLibrary(analyzer: {
            HookedAnalyzer.make { _ in
                seen.increment()
                gate.wait()
            }
        })
        defer { test.remove() }
        let id = try test.upload([[TestLibrary.red]])
        let workers = test.workers(threads: 1, grace: .milliseconds(100))
        let start = ContinuousClock.now
        try await test.working(workers) { while seen.value == 0 { try await Task.sleep(for: .milliseconds(5)) } }
        // Whoever waited for the photo would wait for ever.
        #expect(ContinuousClock.now - start < .seconds(60))
        #expect(workers.hasAbandonedWork)
        let claim = try #require(try test.store.queue.claim(worker: "next", lease: .seconds(30)))
        // The abandoned thread wakes up and wants to store what it found: it must change nothing.
        gate.signal()
        while workers.hasAbandonedWork { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try test.library.task(id)?.progress.processedPhotos == 0)
        #expect(try test.store.queue.renew(claim, lease: .seconds(30)))
    }

    @Test func `A photo that kills the server again and again is given up`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let id = try test.upload([[TestLibrary.red], [TestLibrary.blue]])
        for _ in 0..<20 {
            _ = try test.store.queue.claim(worker: "serve", lease: .seconds(30))
            try test.workers().recover()
        }
        let task = try await test.work(off: id)[0]
        #expect(task.state == .completed && task.errors.count == 1 && task.progress.totalFaces == 1)
    }

    @Test func `A cancelled task keeps what was done, drops the rest, and its faces are grouped`() async throws {
        let gate = DispatchSemaphore(value: 0)
        let seen = Counter()
        let test = try TestLibrary(analyzer: {
            HookedAnalyzer.make { _ in if seen.increment() > 2 { gate.wait() } }
        })
        defer { test.remove() }
        let id = try test.upload((0..<10).map { _ in [TestLibrary.red] })
        try await test.working(test.workers(threads: 1)) {
            while try test.library.task(id)?.progress.processedPhotos != 2 {
                try await Task.sleep(for: .milliseconds(5))
            }
            while seen.value < 3 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(try test.library.cancelTask(id).state == .cancelled)
            gate.signal()
            while try test.library.stats().unknownFaces > 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
        #expect(seen.value == 3)
        #expect(try test.library.stats() == LibraryStats(persons: 1, faces: 2, unknownFaces: 0, tasks: 1, photos: 2))
        try test.eraser().clean()
        #expect(test.uploads.count == 2)
        #expect(throws: LibraryError.store(.taskHasEnded(id))) { try test.library.cancelTask(id) }
    }
}
