public import FaceCore
public import FaceStore
public import Foundation

extension Library {
    /// Begins an upload: see `UploadDraft`.
    ///
    /// - Throws: `LibraryError.shuttingDown`, `.diskFull`, `.unwritable`.
    public func beginUpload() throws(LibraryError) -> UploadDraft {
        guard takesUploads else { throw .shuttingDown }
        return try UploadDraft(incoming: folders.incoming, limits: options.limits)
    }

    /// Takes an upload into the library: when this returns, its photos outlive any crash and will be analysed.
    ///
    /// The files are on disk already; their folder moves to its lasting place in one step, then task and files are
    /// recorded in one transaction. A crash in between leaves a folder without a task, which the next start removes.
    ///
    /// - Parameter overrides: what the analysis of these photos does otherwise than by default.
    /// - Throws: `LibraryError.emptyUpload`, `.diskFull`, `.unwritable`, `.store`; nothing is kept then.
    public func commit(
        _ draft: UploadDraft, overrides: AnalysisOverrides = AnalysisOverrides()
    ) throws(LibraryError) -> TaskID {
        let files = try draft.close()
        let place = folders.uploads.appendingPathComponent(draft.id.name, isDirectory: true)
        do throws(LibraryError) {
            try DurableFolder.move(draft.folder, to: place)
        } catch {
            try? FileManager.default.removeItem(at: draft.folder)
            throw error
        }
        let task: LibraryTask
        do throws(FaceStoreError) {
            task = try store.queue.enqueue(draft.id, files: files, overrides: overrides)
        } catch {
            // Only when it is certain that the task was not recorded.
            if isCertainlyUnknown(draft.id) { try? FileManager.default.removeItem(at: place) }
            throw .store(error)
        }
        events.publish(.progress(task.id, TaskProgressEvent(task, stage: .waiting)))
        changed(task: task)
        statsChanged()
        callWorkers()
        return task.id
    }

    /// Removes what a crash left behind: uploads that never became tasks. To be called at start, before the first upload,
    /// by the only server of these folders; where there are several, with an age that no upload reaches.
    ///
    /// - Parameter age: what was touched since then may be in the hands of another server and stays.
    /// - Returns: how many folders were removed.
    @discardableResult
    public func sweep(olderThan age: Duration = .zero) throws(LibraryError) -> Int {
        var removed = 0
        for name in Self.names(in: folders.incoming) {
            let folder = folders.incoming.appendingPathComponent(name)
            if Self.isOlder(folder, than: age) { removed += Self.remove(folder) }
        }
        for name in Self.names(in: folders.uploads) {
            // Whatever is no upload was put there by somebody else and is left alone.
            guard let id = TaskID(uuidString: name), id.name == name else { continue }
            let task = try storing { () throws(FaceStoreError) in try store.tasks.task(id) }
            let folder = folders.uploads.appendingPathComponent(name)
            if task == nil, Self.isOlder(folder, than: age) { removed += Self.remove(folder) }
        }
        return removed
    }

    private func isCertainlyUnknown(_ id: TaskID) -> Bool {
        do { return try store.tasks.task(id) == nil } catch { return false }
    }

    private static func names(in folder: URL) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    }

    private static func isOlder(_ folder: URL, than age: Duration) -> Bool {
        guard age > .zero else { return true }
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path),
            let changed = attributes[.modificationDate] as? Date
        else { return false }
        return Date().timeIntervalSince(changed) > age.seconds
    }

    private static func remove(_ folder: URL) -> Int {
        (try? FileManager.default.removeItem(at: folder)) == nil ? 0 : 1
    }
}
