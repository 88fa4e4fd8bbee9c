public import FaceCore

/// The uploaded photos that wait to be analysed, and who is at work on them.
///
/// A photo is queued, then claimed under a lease, then finished once. A worker that dies leaves a lease behind that runs
/// out, and the photo is claimed again. Every change of a photo and of its task's counters is one transaction.
public protocol TaskQueue: Sendable {
    /// Records a task of the kind `upload` and its files, all or nothing. The id is the caller's, since the files lie
    /// under it already.
    ///
    /// - Throws: `FaceStoreError.taskExists`.
    func enqueue(
        _ id: TaskID, files: [QueuedFile], overrides: AnalysisOverrides
    ) throws(FaceStoreError) -> LibraryTask

    /// The same for somebody who has the photos in hand already: they are his under a lease, and nobody's turn. Should he
    /// die they wait as if they had been claimed.
    ///
    /// - Returns: those of the files that are photos.
    /// - Throws: `FaceStoreError.taskExists`.
    func enqueue(
        _ id: TaskID, files: [QueuedFile], claimedBy worker: String, lease: Duration
    ) throws(FaceStoreError) -> [ClaimedPhoto]

    /// The next photo for a worker, nil when none waits: among the tasks with waiting photos of the one with the fewest
    /// photos in work, then the fewest left, then the oldest; so a small task is not starved by a large one. A photo
    /// whose lease ran out waits again.
    ///
    /// - Parameter worker: a name, by which `giveBack(everythingOf:)` finds what it had.
    func claim(worker: String, lease: Duration) throws(FaceStoreError) -> ClaimedPhoto?

    /// Makes the lease end so much later than now.
    ///
    /// - Returns: false when the claim was lost: somebody else has the photo, or the task was cancelled.
    func renew(_ claim: ClaimedPhoto, lease: Duration) throws(FaceStoreError) -> Bool

    /// Stores what became of a photo: the photo, its faces, the file's state and the task's counters in one
    /// transaction. Doing it twice with the same claim does it once.
    ///
    /// Of content that the library holds already only those faces are added that it does not have (an earlier analysis
    /// may have had stricter limits). A face whose person is deleted comes back as a face that belongs to nobody, since
    /// its photo was given to the library anew. Where the photo lies in no uploaded file yet, it lies in this one from
    /// now on; else this file is not needed any more.
    ///
    /// - Returns: the task afterwards.
    /// - Throws: `FaceStoreError.leaseLost` when somebody else claimed the photo since or the task was cancelled,
    ///   `.unknownPhoto` for `.known` when that photo is gone by now (the claim stays valid), and what
    ///   `PhotoRepository.record` throws; nothing has changed then.
    @discardableResult
    func finish(_ claim: ClaimedPhoto, _ outcome: PhotoOutcome) throws(FaceStoreError) -> LibraryTask

    /// Queues the photo again, for somebody else or for later; does nothing when the claim was lost.
    func giveBack(_ claim: ClaimedPhoto) throws(FaceStoreError)

    /// Queues all photos again that a worker of this name has, without waiting for their leases: at start, when the
    /// process that used the name is known to be dead. The photos count as attempted.
    ///
    /// - Returns: how many.
    @discardableResult
    func giveBack(everythingOf worker: String) throws(FaceStoreError) -> Int

    /// Tasks whose photos are all done but that have not ended, oldest first: their faces are to be grouped, then the
    /// task is to be ended. After a crash they are listed again.
    func tasksToEnd() throws(FaceStoreError) -> [TaskID]

    /// Ends a task whose photos are all done, once: as completed, with the distinct persons of the faces on its photos
    /// counted now, or as failed when none of its files is a photo.
    ///
    /// - Returns: the ended task; nil when it had ended before.
    /// - Throws: `FaceStoreError.unknownTask`, `.taskHasPhotosLeft`.
    func end(_ id: TaskID) throws(FaceStoreError) -> LibraryTask?

    /// Cancels a task: photos that are done stay in the library, claims on the others are lost.
    ///
    /// - Returns: the cancelled task; nil when it had ended before.
    /// - Throws: `FaceStoreError.unknownTask`.
    func cancel(_ id: TaskID) throws(FaceStoreError) -> LibraryTask?

    /// The files of a task in its order.
    func files(of id: TaskID) throws(FaceStoreError) -> [TaskFile]

    /// How many photos wait for a worker; those in work do not count.
    func queueLength() throws(FaceStoreError) -> Int
}
