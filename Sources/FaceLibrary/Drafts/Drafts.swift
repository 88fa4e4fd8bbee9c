import FaceClustering
import FaceCore
public import FaceStore
public import Foundation
public import Logging
public import ServiceLifecycle
import Synchronization

/// Re-clusterings to look at before they are applied.
///
/// One draft at a time is computed, by a thread of its own, from when `run()` is called; a few may wait. Drafts lie in
/// `LIK_DATA/drafts`, where all processes of the library see them, and outlive the process; one that was being computed is
/// begun again, by whichever process comes first. Calls block on the disk.
public final class Drafts: Service {
    /// So many drafts may wait or be computed.
    public static let waiting = 4
    /// So many are kept; the oldest that are through go.
    public static let kept = 50
    /// How often is looked for drafts that other processes were asked for and do not compute.
    private static let lookEvery = Duration.seconds(5)

    private let library: Library
    private let models: AnalysisModels
    private let packs: DraftPacks
    private let folder: DraftFolder
    private let logger: Logger
    private let clock: @Sendable () -> Date
    private let bell = WorkBell()
    private let isStopping = Atomic<Bool>(false)
    private let drafts: Mutex<Known>

    /// The drafts as this process knows them, and how new that is.
    private struct Known {
        var drafts: [Draft]
        /// Of these this process knows more than the folder: they are being computed here, or could not be written.
        var own: Set<UUID> = []
        var version: Int?
    }
    /// Held while a draft is applied, so that none is applied twice.
    private let turn = Mutex(())

    /// - Parameters:
    ///   - models: the pack in use.
    ///   - packs: the packs that can be asked for.
    ///   - clock: gives the present moment.
    /// - Throws: where the folder of drafts cannot be made.
    public init(
        library: Library, models: AnalysisModels, packs: DraftPacks, logger: Logger,
        clock: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        self.library = library
        self.models = models
        self.packs = packs
        self.logger = logger
        self.clock = clock
        folder = DraftFolder(url: library.folders.data.appendingPathComponent("drafts", isDirectory: true))
        try folder.create()
        let version = folder.version
        drafts = Mutex(Known(drafts: folder.all(), version: version))
    }

    /// Does something with the drafts as they are now, whichever process has made them so.
    private func present<Value: Sendable, Failure: Error>(
        _ body: (inout Known) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let outcome = drafts.withLock { known -> Result<Value, Failure> in
            let version = folder.version
            if version == nil || version != known.version {
                let own = known.drafts.filter { known.own.contains($0.id) }
                known.drafts = folder.all().map { draft in own.first { $0.id == draft.id } ?? draft }
                known.version = version
            }
            do throws(Failure) {
                return .success(try body(&known))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    // MARK: For users

    /// Asks for a draft.
    ///
    /// - Throws: `LibraryError.badDraft`, `.tooManyDrafts`; what finding the pack throws.
    public func create(_ request: DraftRequest) throws -> Draft {
        _ = try request.options(for: try pack(for: request))
        let draft = Draft(
            id: UUID(), request: request, createdAt: clock(), state: .computing, progress: .init(done: 0, total: 0),
            failure: nil, difference: nil, leftOutFaceCount: 0, entry: nil)
        try present { known throws(any Error) in
            guard known.drafts.count(where: { $0.state == .computing }) < Self.waiting else {
                throw LibraryError.tooManyDrafts(limit: Self.waiting)
            }
            try folder.write(draft)
            known.drafts.append(draft)
            while known.drafts.count > Self.kept, let old = known.drafts.firstIndex(where: { $0.state != .computing }) {
                folder.remove(known.drafts.remove(at: old).id)
            }
        }
        bell.ring()
        return draft
    }

    /// All drafts, newest first.
    public func list() -> [Draft] {
        followJournal()
        return present { $0.drafts.reversed() }
    }

    /// Notes of drafts that were applied whether that was taken back since, or brought back.
    ///
    /// Whoever undoes or redoes calls it at once: a later edit closes the entry, which then does not tell any more.
    public func followJournal() {
        for draft in present({ $0.drafts }) where draft.state == .applied || draft.state == .undone {
            guard let id = draft.entry, let entry = try? library.store.journal.entry(id) else { continue }
            let state: Draft.State =
                switch entry.state {
                case .done: .applied
                case .undone: .undone
                case .closed: draft.state
                }
            if state != draft.state { update(draft.id) { $0.state = state } }
        }
    }

    /// - Throws: `LibraryError.unknownDraft`.
    public func draft(_ id: UUID) throws(LibraryError) -> Draft {
        followJournal()
        return try known(id)
    }

    private func known(_ id: UUID) throws(LibraryError) -> Draft {
        let found = present { known in known.drafts.first { $0.id == id } }
        guard let found else { throw .unknownDraft(id.uuidString.lowercased()) }
        return found
    }

    /// Makes the library what a draft says, as one entry of the journal; faces that came in since then are grouped soon
    /// after.
    ///
    /// - Throws: `LibraryError.unknownDraft`, `.draftNotReady`; `FaceStoreError.staleDraft` when it contradicts what users
    ///   said since: the draft is stale from then on.
    @discardableResult
    public func apply(_ id: UUID) throws -> EditResult {
        // One at a time here, and in all processes.
        let applied = try turn.withLock { _ in
            try library.store.exclusively("draft") { try applyAlone(id) }
        }
        guard let applied else { throw LibraryError.draftNotReady(id.uuidString.lowercased()) }
        return applied
    }

    private func applyAlone(_ id: UUID) throws -> EditResult {
        guard try known(id).state == .ready else { throw LibraryError.draftNotReady(id.uuidString.lowercased()) }
        let placement = try folder.placement(of: id)
        let result: EditResult
        do {
            result = try library.store.journal.perform(.apply(placement))
        } catch FaceStoreError.staleDraft {
            update(id) { $0.state = .stale }
            throw FaceStoreError.staleDraft
        }
        update(id) { draft in
            draft.state = .applied
            draft.entry = result.entry.id
        }
        library.changed(.people, .photos)
        library.statsChanged()
        library.callWorkers(for: .grouping)
        return result
    }

    /// Forgets a draft; one that is being computed is stopped.
    ///
    /// - Throws: `LibraryError.unknownDraft`.
    public func drop(_ id: UUID) throws(LibraryError) {
        _ = try known(id)
        present { known in
            known.drafts.removeAll { $0.id == id }
            folder.remove(id)
        }
    }

    // MARK: The service

    /// Computes drafts until the service group goes down.
    public func run() async throws {
        isStopping.store(false, ordering: .releasing)
        let thread = WorkerThreads.start(count: 1, name: "drafts") { self.work() }
        await withTaskCancellationOrGracefulShutdownHandler {
            await thread.end()
        } onCancelOrGracefulShutdown: {
            self.isStopping.store(true, ordering: .releasing)
            self.bell.ring()
        }
    }

    private func work() {
        while !isStopping.load(ordering: .acquiring) {
            let rings = bell.rings
            if !computeNext() { bell.wait(after: rings, atMost: Self.lookEvery) }
        }
    }

    /// Computes the first draft that waits, unless another process is computing one.
    ///
    /// - Returns: whether there was one.
    private func computeNext() -> Bool {
        guard present({ known in known.drafts.contains { $0.state == .computing } }) else { return false }
        // What cannot be asked now is asked again soon.
        let isComputed = try? library.store.exclusively("drafts") {
            // Another process may have computed it a moment ago.
            let next = present { known in known.drafts.first { $0.state == .computing } }
            guard let next else { return }
            drafts.withLock { _ = $0.own.insert(next.id) }
            compute(next)
        }
        return isComputed != nil
    }

    private func compute(_ draft: Draft) {
        do {
            let pack = try pack(for: draft.request)
            let options = try draft.request.options(for: pack)
            var leftOut = 0
            if try library.store.embeddingModel() != pack.model, let name = draft.request.pack {
                let reembedding = FaceReembedding(library: library, pack: pack) { [packs] in
                    try packs.load(name)
                }
                let missed = try reembedding.run { progress in
                    update(draft.id, isKept: false) { $0.progress = progress }
                } shouldStop: {
                    isStopping.load(ordering: .acquiring) || (try? self.known(draft.id)) == nil
                }
                // Stopped: dropped, or begun again by the next process, which finds what was embedded so far.
                guard let missed else { return }
                leftOut = missed
            }
            try finish(draft.id, options: options, model: pack.model, leftOut: leftOut)
        } catch {
            let reason = (error as? any UserFacingError)?.message ?? "The draft cannot be computed."
            logger.error("A draft failed: \(reason)", metadata: error.detail(beyond: reason))
            update(draft.id) { draft in
                draft.state = .failed
                draft.failure = reason
            }
        }
    }

    private func finish(_ id: UUID, options: GroupingOptions, model: ModelID, leftOut: Int) throws {
        let table = try library.store.faces.allEmbeddings(model: model)
        let scene = GroupingScene(
            options.faces(of: table), vectors: VectorSet(table), constraints: try library.store.journal.constraints(),
            options: options)
        let (groups, noise) = DraftGrouping(scene: scene).groups()
        let placement = DraftMatching(scene: scene).placement(of: groups, noise: noise, model: model)
        let present = Dictionary(uniqueKeysWithValues: zip(table.faces, table.persons))
        try folder.write(placement, of: id)
        update(id) { draft in
            draft.state = .ready
            draft.difference = DraftDifference(placement, present: present)
            draft.leftOutFaceCount = leftOut
        }
    }

    private func pack(for request: DraftRequest) throws -> AnalysisPack {
        try request.pack.map { try packs.find($0) } ?? models.pack()
    }

    /// Changes a draft, unless it was dropped. What cannot be written is only missing after the process's end.
    ///
    /// - Parameter isKept: whether it is written to disk.
    private func update(_ id: UUID, isKept: Bool = true, _ change: (inout Draft) -> Void) {
        present { known in
            guard let index = known.drafts.firstIndex(where: { $0.id == id }) else { return folder.remove(id) }
            change(&known.drafts[index])
            guard isKept else { return }
            do {
                try folder.write(known.drafts[index])
                known.own.remove(id)
            } catch {
                known.own.insert(id)
                logger.error("A draft cannot be written down", metadata: ["detail": "\(error)"])
            }
        }
    }
}
