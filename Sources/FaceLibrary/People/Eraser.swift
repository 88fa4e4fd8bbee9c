import FaceCore
import FaceStore
public import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization

/// Makes deletions lasting: people whose time to be restored is over are erased, and files that nothing needs any more
/// are removed. What has to go is remembered by the store, so that a crash only delays it.
public final class Eraser: Service {
    private let library: Library
    private let logger: Logger
    private let clock: @Sendable () -> Date
    private let isStopping = Atomic<Bool>(false)

    private static let batch = 100

    /// - Parameter clock: gives the present moment.
    public init(library: Library, logger: Logger, clock: @escaping @Sendable () -> Date = { Date() }) {
        self.library = library
        self.logger = logger
        self.clock = clock
    }

    /// Works until the service group goes down.
    public func run() async throws {
        let thread = WorkerThreads.start(count: 1, name: "eraser") { self.work() }
        await withTaskCancellationOrGracefulShutdownHandler {
            await thread.end()
        } onCancelOrGracefulShutdown: {
            self.isStopping.store(true, ordering: .releasing)
            self.library.cleaning.ring()
        }
    }

    /// Erases who is due and removes what is pending, once. Blocks.
    ///
    /// - Returns: how many files were removed; folders of drawn pictures are not counted.
    /// - Throws: `FaceStoreError`.
    @discardableResult
    public func clean() throws -> Int {
        let due = clock().addingTimeInterval(-library.options.eraseAfter.seconds)
        let erased = try library.store.persons.erase(deletedBefore: due)
        for person in erased {
            for photo in person.photos { library.pictures.forget(photo) }
            logger.info("A person was erased", metadata: ["faces": "\(person.faceCount)"])
        }
        if !erased.isEmpty {
            library.changed(.people, .photos)
            library.statsChanged()
        }
        var removed = 0
        while true {
            // While somebody reads the files, a backup say, they stay; they are remembered.
            guard let turn = FileRemovalTurn(library.folders) else { return removed }
            defer { withExtendedLifetime(turn) {} }
            let pending = try library.store.removals.pending(limit: Self.batch)
            for removal in pending where remove(removal) { removed += 1 }
            try library.store.removals.confirm(pending.map(\.id))
            if pending.count < Self.batch { return removed }
        }
    }

    private func work() {
        // Often enough that nobody stays much longer than was promised.
        let interval = min(max(library.options.eraseAfter / 20, .seconds(1)), .seconds(30))
        while !isStopping.load(ordering: .acquiring) {
            let rings = library.cleaning.rings
            do {
                try clean()
            } catch {
                logger.error("Files and people that are to go are still there", metadata: ["detail": "\(error)"])
            }
            library.cleaning.wait(after: rings, atMost: interval)
        }
    }

    /// - Returns: whether there was a file.
    private func remove(_ removal: FileRemoval) -> Bool {
        if let photo = removal.photo { library.pictures.forget(photo) }
        guard removal.scope == .everything, let name = removal.storedName else { return false }
        return library.folders.removeUpload(name)
    }
}

extension LibraryFolders {
    /// Removes an uploaded file, and its task's folder when that was the last one.
    ///
    /// - Returns: whether there was a file.
    func removeUpload(_ storedName: String) -> Bool {
        // Nothing but what an upload can have written: this deletes files.
        guard Self.isUpload(storedName) else { return false }
        let parts = storedName.split(separator: "/").map(String.init)
        let folder = uploads.appendingPathComponent(parts[0], isDirectory: true)
        let wasThere = unlink(folder.appendingPathComponent(parts[1]).path) == 0
        rmdir(folder.path)
        return wasThere
    }

    /// Whether an upload can have written a file of this name: `TASK/FILE`.
    static func isUpload(_ storedName: String) -> Bool {
        let parts = storedName.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && TaskID(uuidString: String(parts[0])) != nil && !parts[1].hasPrefix(".")
            && !parts[1].isEmpty && !parts[1].utf8.contains(0)
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
