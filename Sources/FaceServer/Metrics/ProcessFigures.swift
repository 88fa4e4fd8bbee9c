public import Foundation

/// What the kernel says about this process.
struct ProcessFigures: Sendable, Hashable {
    /// Bytes in RAM.
    var residentMemory: Int
    /// Bytes of address space.
    var virtualMemory: Int

    /// Nil where the kernel has no `/proc`.
    static func current() -> ProcessFigures? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        return ProcessFigures(statm: text, pageSize: sysconf(Int32(_SC_PAGESIZE)))
    }

    /// - Parameter statm: `/proc/PID/statm`: sizes in pages, the first of all, the second of what is in RAM.
    init?(statm: String, pageSize: Int) {
        let pages = statm.split(separator: " ").prefix(2).compactMap { Int($0) }
        guard pages.count == 2 else { return nil }
        virtualMemory = pages[0] * pageSize
        residentMemory = pages[1] * pageSize
    }

    /// How many files and sockets are open.
    static func openFiles() -> Int? {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count
    }

    static func threads() -> Int? {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task"))?.count
    }
}

extension MetricsRegistry {
    /// Adds the memory, open files and threads of this process, the version and the time of the start; and the counters
    /// without labels, so that they are there, at 0, before anything has happened.
    /// - Parameter startedAt: when the process began.
    public func observeProcess(version: String, startedAt: Date = Date()) {
        sample(.residentMemory) { ProcessFigures.current().map { Double($0.residentMemory) } }
        sample(.virtualMemory) { ProcessFigures.current().map { Double($0.virtualMemory) } }
        sample(.openFiles) { ProcessFigures.openFiles().map(Double.init) }
        sample(.threads) { ProcessFigures.threads().map(Double.init) }
        set(.startTime, to: startedAt.timeIntervalSince1970.rounded())
        set(.buildInfo, version, to: 1)
        set(.webSocketClients, to: 0)
        set(.httpRequestsInFlight, to: 0)
        for definition in [
            CounterDefinition.httpBytesReceived, .httpBytesSent, .authenticationFailures, .tasksAccepted, .facesFound,
        ] {
            add(definition, by: 0)
        }
    }
}
