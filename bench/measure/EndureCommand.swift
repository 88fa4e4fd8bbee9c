import ArgumentParser
import Foundation
import Inference

/// `measure endure`: runs one model very often and tells how much memory that took. A process of its own, since nothing
/// else may allocate meanwhile.
struct EndureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "endure", abstract: "Prints how much memory many runs of a model leave behind.")

    @Argument(help: "An ONNX file.")
    var model: String

    @Option(help: "An input and its shape, for example picture:1x3x24x24; once for each input.")
    var input: [InputShape]

    @Option(help: "Runs before memory is looked at for the first time.")
    var warmUp = 300

    @Option(help: "Runs between the two looks.")
    var runs = 10_000

    @Flag(help: "Open a session for every run and close it after.")
    var reopen = false

    struct InputShape: ExpressibleByArgument {
        let name: String
        let shape: [Int]

        init?(argument: String) {
            let parts = argument.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            name = String(parts[0])
            shape = parts[1].split(separator: "x").compactMap { Int($0) }
            guard !shape.isEmpty, shape.allSatisfy({ $0 > 0 }) else { return nil }
        }
    }

    private struct Report: Encodable {
        /// Growth of the process's resident memory, in bytes.
        let growth: Int
        let runs: Int
        let failures: Int
    }

    func run() throws {
        let runtime = try OnnxRuntime.shared()
        var session = try InferenceSession(modelPath: model, runtime: runtime, options: InferenceOptions())
        var failures = 0
        func rounds(_ count: Int) throws {
            for round in 0..<count {
                if reopen {
                    session = try InferenceSession(modelPath: model, runtime: runtime, options: InferenceOptions())
                }
                let inputs = input.map { input in
                    let count = input.shape.reduce(1, *)
                    let values = (0..<count).map { Float(($0 + round) % 17) / 17 }
                    return (input.name, Tensor(shape: input.shape, values: values))
                }
                do {
                    _ = try session.run(Dictionary(uniqueKeysWithValues: inputs))
                } catch {
                    failures += 1
                }
            }
        }
        try rounds(warmUp)
        let before = try Self.residentBytes()
        failures = 0
        try rounds(runs)
        try JSONLines().print(Report(growth: Self.residentBytes() - before, runs: runs, failures: failures))
    }

    private static func residentBytes() throws -> Int {
        let statm = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return (Int(statm[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
