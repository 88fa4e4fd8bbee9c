import FaceAnalysis
import FaceCache
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Logging
import Synchronization
import Testing

/// A library in a folder of its own, with people who are colours: see `PaintedFaces`.
final class TestLibrary: Sendable {
    static let red: (UInt8, UInt8, UInt8) = (250, 10, 10)
    static let blue: (UInt8, UInt8, UInt8) = (10, 10, 250)
    static let green: (UInt8, UInt8, UInt8) = (10, 250, 10)

    let library: Library
    let store: any LibraryStore
    let models: AnalysisModels
    let clock: TestClock
    let cache = MemoryCacheDriver()

    /// - Parameters:
    ///   - data: the folder of another test library, to be its next process.
    ///   - channel: to other test libraries in the same folder, as other processes.
    ///   - analyzer: what `AnalysisModels` load; nil for no pack.
    init(
        data: URL? = nil, options: LibraryOptions = LibraryOptions(), clock: TestClock = TestClock(),
        channel: (any EventChannel)? = nil,
        analyzer: @escaping @Sendable () -> FaceAnalyzer? = { PaintedFaces.analyzer }
    ) throws {
        let data =
            data ?? FileManager.default.temporaryDirectory.appendingPathComponent("lik-library-\(UUID().uuidString)")
        let folders = LibraryFolders(data: data)
        try folders.create()
        let store = try SQLiteLibraryStore(path: data.appendingPathComponent("lik.sqlite").path) { clock.now }
        self.store = store
        self.clock = clock
        library = Library(store: store, folders: folders, cache: cache, channel: channel, options: options)
        models = AnalysisModels(store: store) {
            guard let analyzer = analyzer() else { throw NoPack() }
            return AnalysisPack(
                name: "painted", licence: "none", isVerified: true, model: analyzer.model,
                detection: DetectionOptions(),
                grouping: GroupingOptions(algorithm: .average, eps: 0.1, metric: .euclidean))
        } load: {
            guard let analyzer = analyzer() else { throw NoPack() }
            return analyzer
        }
    }

    struct NoPack: UserFacingError {
        var message: String { "No model pack is installed." }
    }

    func remove() { try? FileManager.default.removeItem(at: library.folders.data) }

    /// Uploads files by name.
    @discardableResult
    func upload(_ files: [(String, Data)], overrides: AnalysisOverrides = AnalysisOverrides()) throws -> TaskID {
        let draft = try library.beginUpload()
        for (name, data) in files {
            try draft.beginFile(displayName: name)
            try data.withUnsafeBytes { bytes in
                // In pieces, as it comes from a network.
                for start in stride(from: 0, to: bytes.count, by: 1000) {
                    try draft.append(UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 1000, bytes.count)]))
                }
            }
            try draft.endFile()
        }
        return try library.commit(draft, overrides: overrides)
    }

    /// One photo a list of colours.
    @discardableResult
    func upload(_ photos: [[(UInt8, UInt8, UInt8)]], seed: UInt8 = 0) throws -> TaskID {
        try upload(
            photos.enumerated().map { index, colours in
                ("\(index).ppm", PaintedFaces.ppm(colours, seed: seed &+ UInt8(index)))
            })
    }

    func workers(
        threads: Int = 2, lease: Duration = .seconds(60), grace: Duration = .seconds(7),
        observer: any WorkObserver = NoWorkObserver()
    ) -> TaskWorkers {
        TaskWorkers(
            library: library, models: models,
            options: WorkerOptions(threads: threads, lease: lease, lookEvery: .milliseconds(50), grace: grace),
            observer: observer, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs workers until the body returns.
    func working<Value: Sendable>(
        _ workers: TaskWorkers? = nil, _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        let workers = workers ?? self.workers()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await workers.run() }
            let value = try await body()
            group.cancelAll()
            try await group.waitForAll()
            return value
        }
    }

    /// Works until the tasks have ended.
    @discardableResult
    func work(off tasks: TaskID..., with workers: TaskWorkers? = nil) async throws -> [LibraryTask] {
        try await working(workers) {
            var ended: [LibraryTask] = []
            for task in tasks { ended.append(try await self.end(of: task)) }
            return ended
        }
    }

    /// Waits for the end of a task.
    func end(of task: TaskID) async throws -> LibraryTask {
        for await event in try library.watch(task: task) {
            if case .updated(let task) = event, task.state != .processing { return task }
        }
        throw NeverEnded()
    }

    struct NeverEnded: Error {}

    /// The names of the files in the folder of uploads, as `TASK/FILE`.
    var uploads: [String] {
        let folder = library.folders.uploads.path
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return tasks.flatMap { task in
            ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(task)")) ?? []).map { "\(task)/\($0)" }
        }.sorted()
    }
}

/// A clock that a test sets forward.
final class TestClock: Sendable {
    private let offset = Mutex<TimeInterval>(0)

    var now: Date { Date().addingTimeInterval(offset.withLock { $0 }) }

    func advance(by seconds: TimeInterval) { offset.withLock { $0 += seconds } }
}

extension TestLibrary {
    func eraser() -> Eraser {
        Eraser(library: library, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) { [clock] in
            clock.now
        }
    }
}
