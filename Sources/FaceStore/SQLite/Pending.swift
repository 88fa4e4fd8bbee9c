import FaceCore
import Foundation

// Replaced step by step by the queries themselves.
private let pending = FaceStoreError.unexpected(detail: "not there yet")

extension SQLitePersonRepository {
    func listed(_ id: PersonID) throws(FaceStoreError) -> ListedPerson? { throw pending }
    func page(after cursor: PageCursor?, offset: Int, limit: Int?) throws(FaceStoreError) -> Page<ListedPerson> {
        throw pending
    }
    func search(_ text: String) throws(FaceStoreError) -> [ListedPerson] { throw pending }
    func delete(_ id: PersonID) throws(FaceStoreError) -> DeletedPerson { throw pending }
    func restore(_ id: PersonID) throws(FaceStoreError) -> Person { throw pending }
    func deleted() throws(FaceStoreError) -> [DeletedPerson] { throw pending }
    func erase(deletedBefore moment: Date) throws(FaceStoreError) -> [ErasedPerson] { throw pending }
}

extension SQLiteFaceRepository {
    func listed(of person: PersonID) throws(FaceStoreError) -> [ListedFace] { throw pending }
    func listed(on photo: PhotoID) throws(FaceStoreError) -> [ListedFace] { throw pending }
    func unassigned(after cursor: PageCursor?, limit: Int) throws(FaceStoreError) -> Page<ListedFace> { throw pending }
}

extension SQLitePhotoRepository {
    func photo(storedAs storedName: String) throws(FaceStoreError) -> StoredPhoto? { throw pending }
    func page(
        _ filter: PhotoFilter, after cursor: PageCursor?, limit: Int
    ) throws(FaceStoreError) -> Page<ListedPhoto> { throw pending }
}

extension SQLiteTaskRepository {
    func page(
        state: LibraryTask.State?, after cursor: PageCursor?, limit: Int
    ) throws(FaceStoreError) -> Page<LibraryTask> { throw pending }
}

struct SQLiteTaskQueue: TaskQueue {
    let connection: SQLiteConnection

    func enqueue(
        _ id: TaskID, files: [QueuedFile], overrides: AnalysisOverrides
    ) throws(FaceStoreError) -> LibraryTask { throw pending }
    func claim(worker: String, lease: Duration) throws(FaceStoreError) -> ClaimedPhoto? { throw pending }
    func renew(_ claim: ClaimedPhoto, lease: Duration) throws(FaceStoreError) -> Bool { throw pending }
    func finish(_ claim: ClaimedPhoto, _ outcome: PhotoOutcome) throws(FaceStoreError) -> LibraryTask { throw pending }
    func giveBack(_ claim: ClaimedPhoto) throws(FaceStoreError) { throw pending }
    func giveBack(everythingOf worker: String) throws(FaceStoreError) -> Int { throw pending }
    func tasksToEnd() throws(FaceStoreError) -> [TaskID] { throw pending }
    func end(_ id: TaskID) throws(FaceStoreError) -> LibraryTask? { throw pending }
    func cancel(_ id: TaskID) throws(FaceStoreError) -> LibraryTask? { throw pending }
    func files(of id: TaskID) throws(FaceStoreError) -> [TaskFile] { throw pending }
    func queueLength() throws(FaceStoreError) -> Int { throw pending }
}

struct SQLiteFileRemovals: FileRemovals {
    let connection: SQLiteConnection

    func pending(limit: Int) throws(FaceStoreError) -> [FileRemoval] { throw FaceStore.pending }
    func confirm(_ ids: [FileRemoval.ID]) throws(FaceStoreError) { throw FaceStore.pending }
    func neededFiles(after storedName: String?, limit: Int) throws(FaceStoreError) -> [String] {
        throw FaceStore.pending
    }
    func isNeeded(_ storedName: String) throws(FaceStoreError) -> Bool { throw FaceStore.pending }
}
