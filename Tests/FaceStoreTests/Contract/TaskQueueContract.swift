import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct TaskQueueContract {
    @Test(arguments: Backend.allCases)
    func `A task is queued with its files`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let queue = library.store.queue
        let id = TaskID()
        let files = [
            Sample.file(1, in: id), Sample.file(2, in: id, rejection: "It is empty."), Sample.file(3, in: id),
        ]
        let overrides = AnalysisOverrides(minimumSize: 40, minimumScore: 0.75)
        let task = try queue.enqueue(id, files: files, overrides: overrides)
        #expect(task.id == id && task.kind == .upload && task.state == .processing)
        #expect(task.progress == TaskProgress(totalPhotos: 3, processedPhotos: 1))
        #expect(task.errors == [TaskFileError(file: "Фото 2.jpg", error: "It is empty.")])
        #expect(try library.elsewhere().tasks.task(id) == task)
        #expect(try queue.queueLength() == 2)
        #expect(
            try queue.files(of: id)
                == [
                    TaskFile(index: 0, displayName: "Фото 1.jpg", state: .queued, faceCount: 0),
                    TaskFile(index: 1, displayName: "Фото 2.jpg", state: .failed(reason: "It is empty."), faceCount: 0),
                    TaskFile(index: 2, displayName: "Фото 3.jpg", state: .queued, faceCount: 0),
                ])

        let claims = try (0..<2).map { _ in try #require(try queue.claim(worker: "a", lease: Sample.lease)) }
        #expect(claims.map(\.index) == [0, 2] && claims.map(\.file) == [files[0], files[2]])
        #expect(claims.allSatisfy { $0.task == id && $0.overrides == overrides && $0.attempt == 1 })
        #expect(try queue.claim(worker: "a", lease: Sample.lease) == nil)
        #expect(try queue.queueLength() == 0)
        #expect(try queue.files(of: id)[2].state == .inWork)
    }

    @Test(arguments: Backend.allCases)
    func `A task that is recorded already stays as it is`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let id = try library.store.upload([1])
        #expect(throws: FaceStoreError.taskExists(id)) {
            try library.store.queue.enqueue(id, files: [Sample.file(2, in: id)], overrides: AnalysisOverrides())
        }
        #expect(try library.store.queue.files(of: id).count == 1)
        #expect(try library.store.counts().tasks == 1)
    }

    @Test(arguments: Backend.allCases)
    func `A small task is not starved by a large one`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let large = try store.upload(0..<100)
        let first = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        #expect(first.task == large)
        let small = try store.upload(200..<203)
        var order: [TaskID] = []
        var inHand = first
        // Two workers: while one has a photo of the large task, the other gets the small one's; then they take turns.
        while order.count < 6 {
            let claim = try #require(try store.queue.claim(worker: "b", lease: Sample.lease))
            order.append(claim.task)
            try store.queue.finish(inHand, Sample.analysis(of: inHand))
            inHand = claim
        }
        #expect(order.prefix(5).filter { $0 == small }.count == 3, "\(order.map { $0 == small })")
        #expect(order[0] == small)
    }

    @Test(arguments: Backend.allCases)
    func `Of two idle tasks the one with fewer photos left goes first and of equal ones the older`(
        backend: Backend
    ) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let three = try store.upload(0..<3)
        let two = try store.upload(10..<12)
        let younger = try store.upload(20..<22)
        let order = try (0..<3).map { _ in try store.queue.claim(worker: "a", lease: Sample.lease)?.task }
        #expect(order == [two, younger, three])
    }

    @Test(arguments: Backend.allCases)
    func `A photo whose lease ran out is claimed again and the late worker changes nothing`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let task = try store.upload([1])
        let late = try #require(try store.queue.claim(worker: "a", lease: .seconds(60)))
        #expect(try store.queue.claim(worker: "b", lease: Sample.lease) == nil)
        library.clock.advance(bySeconds: 61)
        #expect(try store.queue.queueLength() == 1)
        let again = try #require(try library.elsewhere().queue.claim(worker: "b", lease: Sample.lease))
        #expect(again.file == late.file && again.lease != late.lease && again.attempt == 2)

        let before = try store.tasks.task(task)
        #expect(throws: FaceStoreError.leaseLost) { try store.queue.finish(late, Sample.analysis(of: late)) }
        #expect(try !store.queue.renew(late, lease: Sample.lease))
        try store.queue.giveBack(late)
        #expect(try store.tasks.task(task) == before && store.counts().faces == 0)
        #expect(try store.queue.files(of: task)[0].state == .inWork)

        try store.queue.finish(again, Sample.analysis(of: again, faces: 2))
        #expect(throws: FaceStoreError.leaseLost) { try store.queue.finish(late, .failed(reason: "Too late.")) }
        #expect(try store.counts().faces == 2 && store.tasks.task(task)?.errors.isEmpty == true)
    }

    @Test(arguments: Backend.allCases)
    func `A lease that ran out still counts while nobody else took the photo`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let task = try library.store.upload([1])
        let claim = try #require(try library.store.queue.claim(worker: "a", lease: .seconds(1)))
        library.clock.advance(bySeconds: 100)
        #expect(try library.store.queue.finish(claim, Sample.analysis(of: claim)).progress.processedPhotos == 1)
        #expect(try library.store.queue.tasksToEnd() == [task])
    }

    @Test(arguments: Backend.allCases)
    func `A renewed lease lasts from then`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let queue = library.store.queue
        try library.store.upload([1])
        let claim = try #require(try queue.claim(worker: "a", lease: .seconds(60)))
        library.clock.advance(bySeconds: 50)
        #expect(try queue.renew(claim, lease: .milliseconds(60_000)))
        library.clock.advance(bySeconds: 50)
        #expect(try queue.claim(worker: "b", lease: Sample.lease) == nil)
        library.clock.advance(bySeconds: 20)
        #expect(try queue.claim(worker: "b", lease: Sample.lease) != nil)
    }

    @Test(arguments: Backend.allCases)
    func `A photo given back waits again and does not count as attempted`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let queue = library.store.queue
        try library.store.upload([1])
        let claim = try #require(try queue.claim(worker: "a", lease: Sample.lease))
        try queue.giveBack(claim)
        #expect(try queue.queueLength() == 1)
        let again = try #require(try queue.claim(worker: "b", lease: Sample.lease))
        #expect(again.attempt == 1 && again.lease != claim.lease)
        try queue.giveBack(claim)
        #expect(try queue.queueLength() == 0, "the first claim is over")
    }

    @Test(arguments: Backend.allCases)
    func `All that a dead worker had waits again at once`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let queue = library.store.queue
        try library.store.upload(0..<4)
        for worker in ["dead", "dead", "alive"] { _ = try queue.claim(worker: worker, lease: Sample.lease) }
        #expect(try library.elsewhere().queue.giveBack(everythingOf: "dead") == 2)
        #expect(try queue.queueLength() == 3)
        #expect(try queue.claim(worker: "alive", lease: Sample.lease)?.attempt == 2)
        #expect(try queue.giveBack(everythingOf: "dead") == 0)
    }

    @Test(arguments: Backend.allCases)
    func `Eight workers do each photo exactly once`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let stores = try (0..<4).map { _ in try library.elsewhere() }
        let tasks = try [0..<40, 40..<50, 50..<51, 60..<69].map { try library.store.upload($0) }
        let done = try onThreads(8) { thread in
            let queue = stores[thread % stores.count].queue
            var files: [String] = []
            while let claim = try queue.claim(worker: "\(thread)", lease: .seconds(1_000_000)) {
                try queue.finish(claim, Sample.analysis(of: claim, faces: 2))
                files.append(claim.file.storedName)
            }
            return files
        }
        #expect(done.joined().count == 60 && Set(done.joined()).count == 60)
        let counts = try library.store.counts()
        #expect(counts.analyzedPhotos == 60 && counts.faces == 120)
        #expect(try library.store.queue.tasksToEnd() == tasks)
        let totals = try tasks.map { try library.store.tasks.task($0)?.progress }
        #expect(
            totals
                == [40, 10, 1, 9].map { TaskProgress(totalPhotos: $0, processedPhotos: $0, totalFaces: $0 * 2) })
    }
}
