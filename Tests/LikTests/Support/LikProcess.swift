import Foundation

/// Runs the real command as a user would, in a home folder of its own.
struct LikProcess {
    let home: URL

    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    init() throws {
        home = FileManager.default.temporaryDirectory.appendingPathComponent("lik-home-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: home) }

    func path(_ name: String) -> String { home.appendingPathComponent(name).path }

    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        try run(arguments, environment: environment)
    }

    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        let process = try start(arguments, environment: environment)
        // Both pipes are read to the end at once: a full one would stop the command.
        let errors = process.errors
        let collected = DispatchGroup()
        let box = ErrorBox()
        collected.enter()
        Thread {
            box.data = errors.fileHandleForReading.readDataToEndOfFile(); collected.leave()
        }.start()
        let output = process.output.fileHandleForReading.readDataToEndOfFile()
        collected.wait()
        process.process.waitUntilExit()
        return Outcome(
            status: process.process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: box.data, as: UTF8.self))
    }

    func start(
        _ arguments: [String], environment: [String: String] = [:]
    ) throws -> (process: Process, output: Pipe, errors: Pipe) {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        var all = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("LIK_") }
        all["LIK_ONNXRUNTIME"] = Self.onnxRuntime
        all["HOME"] = home.path
        process.environment = all.merging(environment) { $1 }
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return (process, output, errors)
    }

    /// Filled by one thread and read after it has ended.
    private final class ErrorBox: @unchecked Sendable {
        var data = Data()
    }

    /// The command lies beside the tests' own bundle.
    static var executable: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("lik")
    }

    /// The command's home is elsewhere in a test, so it is told where the library of this home lies.
    private static var onnxRuntime: String {
        let environment = ProcessInfo.processInfo.environment
        return environment["LIK_ONNXRUNTIME"]
            ?? (environment["HOME"] ?? "") + "/.local/share/lik/lib/libonnxruntime.so.1.31.1"
    }
}
