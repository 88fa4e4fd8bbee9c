import FaceCache
import Foundation
import Synchronization

/// A Redis server for tests, on a socket in a folder of its own; it ends with the value, or with this process.
final class ThrowawayRedis: Sendable {
    /// Where the program is; nil where it is not installed.
    static let program = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static var isInstalled: Bool {
        program != nil && ProcessInfo.processInfo.environment["LIK_TEST_SERVERS"] != "off"
    }

    /// The one that the contracts share, each test under a prefix of its own.
    static let shared = isInstalled ? try? ThrowawayRedis() : nil

    private let folder: String
    private let processes = Mutex<(guardian: Process?, lifeline: Pipe?)>((nil, nil))

    init() throws {
        folder = NSTemporaryDirectory() + "lik-redis-" + String(UUID().uuidString.prefix(8))
        try start()
    }

    deinit { kill() }

    private var socket: String { folder + "/redis.sock" }

    func server(prefix: String = UUID().uuidString + ":", timeout: Duration = .milliseconds(500)) -> RedisServer {
        RedisServer(.socket(path: socket), prefix: prefix, timeout: timeout)
    }

    /// Starts it, empty, and waits until it listens.
    func start() throws {
        guard let program = Self.program else { throw CocoaError(.fileNoSuchFile) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // The shell ends the server when the pipe closes, so that it outlives no test run.
        let script = """
            "$0" --port 0 --unixsocket \(socket) --save '' --appendonly no --dir \(folder) --pidfile \(folder)/pid \
            --daemonize no --loglevel warning >\(folder)/log 2>&1 & server=$!
            echo $server >\(folder)/pid
            cat >/dev/null
            kill -9 $server
            wait
            rm -rf \(folder)
            """
        let guardian = Process()
        guardian.executableURL = URL(fileURLWithPath: "/bin/sh")
        guardian.arguments = ["-c", script, program]
        let lifeline = Pipe()
        guardian.standardInput = lifeline
        try guardian.run()
        processes.withLock { $0 = (guardian, lifeline) }
        for _ in 0..<200 where !FileManager.default.fileExists(atPath: socket) { usleep(25_000) }
    }

    /// Ends it at once; its data are gone.
    func kill() {
        processes.withLock { processes in
            try? processes.lifeline?.fileHandleForWriting.close()
            processes.guardian?.waitUntilExit()
            processes = (nil, nil)
        }
    }

    /// It keeps its connections and its data, and does nothing.
    func freeze() { signal(SIGSTOP) }
    func thaw() { signal(SIGCONT) }

    private func signal(_ number: Int32) {
        let text = (try? String(contentsOfFile: folder + "/pid", encoding: .utf8)) ?? ""
        guard let process = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) else { return }
        Glibc.kill(process, number)
    }

    /// Runs one command by the command-line client.
    func run(_ command: String...) throws {
        let client = Process()
        client.executableURL = URL(fileURLWithPath: "/usr/bin/redis-cli")
        client.arguments = ["-s", socket] + command
        client.standardOutput = FileHandle.nullDevice
        try client.run()
        client.waitUntilExit()
    }
}

/// Waits for something that another thread brings about; false when it does not in ten seconds.
func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<1000 {
        if condition() { return true }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return condition()
}
