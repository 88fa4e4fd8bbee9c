import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct TaskRepositoryContract {
    @Test(arguments: Backend.allCases)
    func `A task is followed from its start to its end`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let tasks = library.store.tasks
        let task = try tasks.create(.scan, totalPhotos: 3)
        #expect(task.state == .processing && task.kind == .scan && task.completedAt == nil)
        #expect(task.progress == TaskProgress(totalPhotos: 3) && task.errors.isEmpty)

        let errors = [TaskFileError(file: "b.jpg", error: "Too short."), TaskFileError(file: "a.jpg", error: "Empty.")]
        try tasks.update(
            task.id, progress: TaskProgress(totalPhotos: 3, processedPhotos: 1, totalFaces: 4), newErrors: [errors[0]])
        try tasks.update(
            task.id, progress: TaskProgress(totalPhotos: 3, processedPhotos: 3, totalFaces: 5), newErrors: [errors[1]])
        #expect(try tasks.finish(task.id, as: .completed(uniquePersons: 2)))

        let ended = try #require(try library.elsewhere().tasks.task(task.id))
        #expect(ended.state == .completed && ended.uniquePersons == 2 && ended.errorMessage == nil)
        #expect(ended.progress == TaskProgress(totalPhotos: 3, processedPhotos: 3, totalFaces: 5))
        #expect(ended.errors == errors)
        #expect(ended.createdAt == task.createdAt)
        #expect(try #require(ended.completedAt) > task.createdAt)
    }

    @Test(arguments: Backend.allCases)
    func `A task ends once however many try`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let id = try store.tasks.create(.upload, totalPhotos: 1).id
        let isFirst = try onThreads(8) { thread in
            try store.tasks.finish(id, as: .completed(uniquePersons: thread))
        }
        #expect(isFirst.count { $0 } == 1)
        let ended = try #require(try store.tasks.task(id))
        #expect(ended.uniquePersons == isFirst.firstIndex(of: true))
        #expect(try !store.tasks.finish(id, as: .failed(message: "Too late.")))
        #expect(throws: FaceStoreError.taskHasEnded(id)) {
            try store.tasks.update(id, progress: TaskProgress(totalPhotos: 9))
        }
        #expect(try store.tasks.task(id) == ended)
    }

    @Test(arguments: Backend.allCases)
    func `Failed and cancelled tasks say so`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let tasks = library.store.tasks
        let failed = try tasks.create(.scan, totalPhotos: 1).id
        try tasks.finish(failed, as: .failed(message: "No file is a photo."))
        #expect(try tasks.task(failed)?.state == .failed)
        #expect(try tasks.task(failed)?.errorMessage == "No file is a photo.")
        let cancelled = try tasks.create(.scan, totalPhotos: 1).id
        try tasks.finish(cancelled, as: .cancelled)
        #expect(try tasks.task(cancelled)?.state == .cancelled)
    }

    @Test(arguments: Backend.allCases)
    func `Tasks are listed newest first, all or those of a state`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let tasks = library.store.tasks
        let ids = try (0..<3).map { _ in try tasks.create(.scan, totalPhotos: 0).id }
        try tasks.finish(ids[1], as: .cancelled)
        #expect(try tasks.all().map(\.id) == ids.reversed())
        #expect(try tasks.all(state: .processing, limit: nil).map(\.id) == [ids[2], ids[0]])
        #expect(try tasks.all(state: nil, limit: 1).map(\.id) == [ids[2]])
        #expect(try tasks.all(state: .completed, limit: nil).isEmpty)
    }

    @Test(arguments: Backend.allCases)
    func `An unknown task is an error wherever it is changed`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let tasks = library.store.tasks
        let id = TaskID()
        #expect(try tasks.task(id) == nil)
        #expect(throws: FaceStoreError.unknownTask(id)) {
            try tasks.update(id, progress: TaskProgress(totalPhotos: 1))
        }
        #expect(throws: FaceStoreError.unknownTask(id)) { try tasks.finish(id, as: .cancelled) }
    }
}
