import FaceStore
import Foundation
import Synchronization
import Testing

/// The kinds of store that have to keep the contract.
enum Backend: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case file
    case memory
    case postgres

    /// Those that can be had here.
    static var allCases: [Backend] { [.file, .memory] + (ThrowawayPostgres.isInstalled ? [.postgres] : []) }

    var testDescription: String { rawValue }
}

/// An empty library for one test, which is gone with the value.
final class TemporaryLibrary: Sendable {
    let store: any LibraryStore
    private let folder: TemporaryFolder?
    private let server: PostgresServer?
    /// What the library takes for the present.
    let clock = SteadyClock()

    init(_ backend: Backend, precision: EmbeddingPrecision = .float32) throws {
        switch backend {
        case .file:
            let folder = try TemporaryFolder()
            self.folder = folder
            server = nil
            store = try SQLiteLibraryStore(
                path: folder.path("library.sqlite"), precision: precision, clock: clock.next)
        case .memory:
            (folder, server) = (nil, nil)
            store = try SQLiteLibraryStore.inMemory(precision: precision, clock: clock.next)
        case .postgres:
            let server = try #require(ThrowawayPostgres.shared).server()
            (folder, self.server) = (nil, server)
            store = try PostgresLibraryStore(server: server, precision: precision, clock: clock.next)
        }
    }

    /// The same library as another process sees it; where there can be no other process, the store itself.
    func elsewhere() throws -> any LibraryStore {
        if let server { return try PostgresLibraryStore(server: server, clock: clock.next) }
        guard let folder else { return store }
        return try SQLiteLibraryStore(path: folder.path("library.sqlite"), clock: clock.next)
    }

    /// Connections are few.
    deinit { if server != nil { try? store.close() } }
}

/// A folder of its own for one test, removed with the value.
final class TemporaryFolder: Sendable {
    private let root: String

    init() throws {
        root = NSTemporaryDirectory() + "lik-store-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ name: String) -> String { "\(root)/\(name)" }
}

/// Each look at it is a second after the last.
final class SteadyClock: Sendable {
    static let start = Date(timeIntervalSince1970: 1_767_225_600)
    private let seconds = Mutex(0)

    @Sendable func next() -> Date {
        seconds.withLock { seconds in
            seconds += 1
            return Self.start.addingTimeInterval(Double(seconds))
        }
    }

    func advance(bySeconds more: Int) { seconds.withLock { $0 += more } }
}

/// Runs the body on so many threads at once and returns their results in the order of the threads.
func onThreads<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Value) throws -> [Value] {
    let results = Mutex<[Int: Result<Value, any Error>]>([:])
    let everybodyIsThere = DispatchSemaphore(value: 0)
    let group = DispatchGroup()
    for index in 0..<count {
        group.enter()
        Thread {
            everybodyIsThere.wait()
            let result = Result { try body(index) }
            results.withLock { $0[index] = result }
            group.leave()
        }.start()
    }
    for _ in 0..<count { everybodyIsThere.signal() }
    group.wait()
    return try results.withLock { results in try (0..<count).compactMap { try results[$0]?.get() } }
}
