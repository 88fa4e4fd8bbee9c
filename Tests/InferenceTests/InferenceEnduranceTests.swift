import Foundation
import Inference
import Synchronization
import Testing

/// One after the other, since they look at the memory of the whole process.
@Suite(.serialized) struct InferenceEnduranceTests {
    @Test func `Ten thousand runs take no more memory than a hundred`() throws {
        let session = try TestModels.open("convolutions")
        func run(_ count: Int) throws {
            for phase in 0..<count {
                let outputs = try session.run(["picture": Pictures.wave(width: 24, height: 24, phase: phase)])
                #expect(outputs.count == 1)
            }
        }
        try run(300)
        let before = try residentBytes()
        try run(10_000)
        #expect(try residentBytes() - before < 8_000_000)
    }

    @Test func `Failing runs and sessions that close leave nothing behind`() throws {
        func rounds(_ count: Int) throws {
            for _ in 0..<count {
                let session = try TestModels.open("sum_and_product")
                _ = try? session.run([
                    "left": Tensor(shape: [2], values: [1, 2]), "right": Tensor(shape: [1, 3], values: [1, 2, 3]),
                ])
            }
        }
        try rounds(50)
        let before = try residentBytes()
        try rounds(500)
        #expect(try residentBytes() - before < 8_000_000)
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

    private func residentBytes() throws -> Int {
        let statm = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return try #require(Int(statm[1])) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
