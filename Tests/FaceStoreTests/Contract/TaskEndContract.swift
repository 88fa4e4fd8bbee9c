import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct TaskEndContract {
    @Test(arguments: Backend.allCases)
    func `A task ends once, with the persons of its photos`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let others = try store.uploadPerson([9])
        let id = try store.upload([1, 2])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        #expect(throws: FaceStoreError.taskHasPhotosLeft(id)) { try store.queue.end(id) }
        #expect(try store.queue.tasksToEnd().isEmpty)
        try store.queue.finish(claim, Sample.analysis(of: claim, faces: 3))
        try store.workOff()
        #expect(try store.queue.tasksToEnd() == [id])
        let faces = try store.photos.page(PhotoFilter(task: id), after: nil, limit: 10).elements.flatMap {
            try store.faces.faces(on: $0.photo.id).map(\.id)
        }
        _ = try store.faces.apply(
            GroupingChange(created: [Array(faces[0..<2])], joined: [others.person: [faces[2]]]))

        let ends = try onThreads(8) { _ in try store.queue.end(id) }.compactMap { $0 }
        let ended = try #require(ends.first)
        #expect(ends.count == 1)
        #expect(ended.state == .completed && ended.uniquePersons == 2 && ended.errorMessage == nil)
        #expect(ended.completedAt != nil)
        #expect(try library.elsewhere().tasks.task(id) == ended)
        #expect(try store.queue.tasksToEnd().isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `A task whose process died after its last photo is found and ended`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let id = try library.store.upload([1])
        try library.store.workOff()
        let next = try library.elsewhere()
        #expect(try next.queue.tasksToEnd() == [id])
        #expect(try next.queue.claim(worker: "a", lease: Sample.lease) == nil)
        #expect(try next.queue.end(id)?.state == .completed)
        #expect(try library.store.queue.end(id) == nil)
    }

    @Test(arguments: Backend.allCases)
    func `A task without a photo fails, one without a face does not`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let queue = library.store.queue
        let rejected = TaskID()
        _ = try queue.enqueue(
            rejected, files: [Sample.file(1, in: rejected, rejection: "It is empty.")], overrides: AnalysisOverrides())
        let failed = try library.store.upload([2])
        try queue.finish(
            try #require(try queue.claim(worker: "a", lease: Sample.lease)), .failed(reason: "It is damaged."))
        let faceless = try library.store.upload([3])
        try library.store.workOff(faces: 0)
        #expect(try queue.tasksToEnd() == [rejected, failed, faceless])
        for id in [rejected, failed] {
            let ended = try #require(try queue.end(id))
            #expect(ended.state == .failed && ended.errorMessage?.isEmpty == false && ended.errors.count == 1)
        }
        let ended = try #require(try queue.end(faceless))
        #expect(ended.state == .completed && ended.progress.totalFaces == 0 && ended.uniquePersons == 0)
    }

    @Test(arguments: Backend.allCases)
    func `A cancelled task keeps what is done and gives up the rest`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let id = try store.upload([1, 2, 3])
        let claims = try (0..<2).map { _ in try #require(try store.queue.claim(worker: "a", lease: Sample.lease)) }
        try store.queue.finish(claims[0], Sample.analysis(of: claims[0]))
        let cancelled = try #require(try store.queue.cancel(id))
        #expect(cancelled.state == .cancelled && cancelled.completedAt != nil)
        #expect(cancelled.progress == TaskProgress(totalPhotos: 3, processedPhotos: 1, totalFaces: 1))
        #expect(throws: FaceStoreError.leaseLost) {
            try store.queue.finish(claims[1], Sample.analysis(of: claims[1]))
        }
        #expect(try !store.queue.renew(claims[1], lease: Sample.lease))
        #expect(try store.queue.claim(worker: "a", lease: Sample.lease) == nil)
        #expect(try store.queue.queueLength() == 0 && store.queue.tasksToEnd().isEmpty)
        #expect(try store.counts().analyzedPhotos == 1)
        #expect(try store.queue.files(of: id).map(\.state).suffix(2) == [.cancelled, .cancelled])
        #expect(
            try store.removals.pending(limit: 10).map(\.storedName)
                == [2, 3].map { Sample.file($0, in: id).storedName })
        #expect(try store.queue.cancel(id) == nil && store.queue.end(id) == nil)
        #expect(try store.tasks.task(id) == cancelled)
    }

    @Test(arguments: Backend.allCases)
    func `An unknown task can be neither ended nor cancelled`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let id = TaskID()
        #expect(throws: FaceStoreError.unknownTask(id)) { try library.store.queue.end(id) }
        #expect(throws: FaceStoreError.unknownTask(id)) { try library.store.queue.cancel(id) }
        #expect(try library.store.queue.files(of: id).isEmpty)
    }
}
