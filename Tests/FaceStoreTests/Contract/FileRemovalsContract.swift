import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct FileRemovalsContract {
    @Test(arguments: Backend.allCases)
    func `Removals are pending until they are confirmed`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let task = try store.upload(1..<5)
        _ = try store.queue.cancel(task)
        let removals = try store.removals.pending(limit: 10)
        #expect(removals.map(\.storedName) == (1..<5).map { Sample.file($0, in: task).storedName })
        #expect(try store.removals.pending(limit: 2) == Array(removals.prefix(2)))
        try store.removals.confirm(removals.prefix(3).map(\.id))
        try store.removals.confirm(removals.prefix(3).map(\.id))
        #expect(try library.elsewhere().removals.pending(limit: 10) == [removals[3]])
    }

    @Test(arguments: Backend.allCases)
    func `Files of photos and of the queue are needed, others are not`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let done = try store.upload([1, 2])
        try store.workOff()
        let waiting = try store.upload([3, 2])
        _ = try store.queue.claim(worker: "a", lease: Sample.lease)
        let gone = try store.upload([4])
        _ = try store.queue.cancel(gone)
        let needed = [
            Sample.file(1, in: done), Sample.file(2, in: done), Sample.file(3, in: waiting),
            Sample.file(2, in: waiting),
        ].map(\.storedName).sorted()
        let removals = try library.elsewhere().removals
        #expect(try removals.neededFiles(after: nil, limit: 10) == needed)
        #expect(try removals.neededFiles(after: needed[0], limit: 2) == Array(needed[1...2]))
        let contents = [(1, done), (2, done), (3, waiting), (2, waiting)].map { number, task in
            let file = Sample.file(number, in: task)
            return StoredFile(name: file.storedName, contentHash: file.contentHash, byteCount: file.byteCount)
        }.sorted { $0.name < $1.name }
        #expect(try removals.neededContents(after: nil, limit: 10) == contents)
        #expect(try removals.neededContents(after: needed[1], limit: 1) == [contents[2]])
        #expect(try needed.allSatisfy { try removals.isNeeded($0) })
        #expect(try !removals.isNeeded(Sample.file(4, in: gone).storedName))
    }

    @Test(arguments: Backend.allCases)
    func `A rejected file that was stored is to be removed`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let id = TaskID()
        var unstored = Sample.file(1, in: id, rejection: "It is empty.")
        unstored.storedName = ""
        let files = [unstored, Sample.file(2, in: id, rejection: "It is no photo.")]
        _ = try library.store.queue.enqueue(id, files: files, overrides: AnalysisOverrides())
        #expect(try library.store.removals.pending(limit: 10).map(\.storedName) == [files[1].storedName])
    }

    @Test(arguments: Backend.allCases)
    func `A deleted photo takes its uploaded file along`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let store = library.store
        let task = try store.upload([1])
        try store.workOff()
        let photo = try #require(try store.photos.photo(withHash: Sample.hash(1)))
        try store.photos.forget(photo.id)
        let removal = try #require(try store.removals.pending(limit: 10).first)
        #expect(removal.scope == .everything && removal.photo == photo.id)
        #expect(removal.storedName == Sample.file(1, in: task).storedName)
        #expect(try store.queue.files(of: task)[0].state == .done(nil))
        #expect(try store.queue.end(task)?.state == .completed)
    }
}
