import Foundation
import Inference
import Synchronization
import Testing

/// Memory is looked at in a process of its own: in this one other tests allocate at the same time.
@Suite struct InferenceEnduranceTests {
    private struct Report: Decodable {
        let growth: Int
        let failures: Int
    }

    private func endure(_ model: String, _ flags: [String]) throws -> Report {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("measure")
        process.arguments = ["endure", try TestModels.path(model)] + flags
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try JSONDecoder().decode(Report.self, from: printed)
    }

    @Test func `Ten thousand runs take no more memory than a hundred`() throws {
        let report = try endure("convolutions", ["--input", "picture:1x3x24x24", "--runs", "10000"])
        #expect(report.failures == 0)
        #expect(report.growth < 8_000_000)
    }

    @Test func `Failing runs and sessions that close leave nothing behind`() throws {
        let report = try endure(
            "sum_and_product",
            ["--input", "left:2", "--input", "right:1x3", "--reopen", "--warm-up", "50", "--runs", "500"])
        #expect(report.failures == 500)
        #expect(report.growth < 8_000_000)
    }

    @Test func `Eight threads on one session get what one thread gets`() throws {
        let session = try TestModels.open("convolutions")
        let pictures = (0..<8).map { Pictures.wave(width: 20 + $0, height: 30, phase: $0) }
        let expected = try pictures.map { try session.run(["picture": $0]) }
        let differing = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for round in 0..<100 {
                let index = (thread + round) % 8
                let outputs = try? session.run(["picture": pictures[index]])
                if outputs != expected[index] { differing.withLock { $0 += 1 } }
            }
        }
        #expect(differing.withLock { $0 } == 0)
    }
}
