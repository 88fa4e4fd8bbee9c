import FaceStore
import Foundation
import Synchronization

/// A PostgreSQL cluster for tests, in a folder of its own; it ends with the value, or with this process.
final class ThrowawayPostgres: Sendable {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../scripts/throwaway-postgres").standardizedFileURL

    static let isInstalled = isInstalled([])
    /// Whether there is one with the extension pgvector.
    static let hasVectors = isInstalled(["--vector"])

    private static func isInstalled(_ flags: [String]) -> Bool {
        guard ProcessInfo.processInfo.environment["LIK_TEST_SERVERS"] != "off" else { return false }
        let check = Process()
        check.executableURL = script
        check.arguments = flags + ["--check"]
        check.standardError = FileHandle.nullDevice
        guard (try? check.run()) != nil else { return false }
        check.waitUntilExit()
        return check.terminationStatus == 0
    }

    /// The one that the contracts share, each test in a schema of its own.
    static let shared = isInstalled ? try? ThrowawayPostgres() : nil
    /// One with the extension pgvector, shared likewise.
    static let sharedWithVectors = hasVectors ? try? ThrowawayPostgres(["--vector"]) : nil

    struct DidNotStart: Error {}

    private let folder: String
    private let processes = Mutex<(script: Process?, lifeline: Pipe?)>((nil, nil))

    /// - Parameter flags: of the script.
    init(_ flags: [String] = []) throws {
        // Short: the path of a socket has 107 bytes at most.
        folder = "/tmp/lik-pg-" + String(UUID().uuidString.prefix(8))
        let script = Process()
        script.executableURL = Self.script
        script.arguments = flags + [folder]
        let (lifeline, output) = (Pipe(), Pipe())
        script.standardInput = lifeline
        script.standardOutput = output
        try script.run()
        processes.withLock { $0 = (script, lifeline) }
        guard output.fileHandleForReading.availableData.starts(with: Data("ready".utf8)) else { throw DidNotStart() }
    }

    deinit {
        processes.withLock { processes in
            try? processes.lifeline?.fileHandleForWriting.close()
            processes.script?.waitUntilExit()
        }
    }

    /// A place for a library of its own.
    func server(schema: String? = nil, connections: Int = 16) -> PostgresServer {
        let name = schema ?? "t" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        return PostgresServer(host: folder, user: "lik", database: "lik", schema: name, connections: connections)
    }
}
