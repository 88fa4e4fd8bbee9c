import FaceCore
import Foundation
import Synchronization
import Testing

@testable import FaceLibrary

@Suite struct MemoryBudgetTests {
    /// The most that a number of threads took at once, each going in `rounds` times.
    private func peak(
        threads: Int, rounds: Int, weight: Int, _ enter: @escaping @Sendable (() -> Void) -> Void
    ) -> Int {
        let state = Mutex((now: 0, peak: 0))
        WorkerThreads.run(count: threads, name: "memory") {
            for _ in 0..<rounds {
                enter {
                    state.withLock {
                        $0.now += weight
                        $0.peak = max($0.peak, $0.now)
                    }
                    usleep(200)
                    state.withLock { $0.now -= weight }
                }
            }
        }
        return state.withLock { $0.peak }
    }

    @Test(.timeLimit(.minutes(1))) func `Photos in work together stay within the budget, yet go on together`() {
        let budget = MemoryBudget(bytes: 40_000_000)
        // 12 bytes a pixel are 6 MB; 30 MB of the budget are for decoding.
        let header = PhotoMetadata(format: .heic, width: 1000, height: 500)
        let peak = peak(threads: 12, rounds: 20, weight: 6_000_000) { budget.taking(header, $0) }
        #expect(peak <= 30_000_000 && peak > 6_000_000)
        let files = self.peak(threads: 12, rounds: 20, weight: 3_000_000) { budget.holding(fileOf: 3_000_000, $0) }
        #expect(files <= 10_000_000 && files > 3_000_000)
    }

    @Test(.timeLimit(.minutes(1))) func `What takes more than the whole budget goes in alone`() {
        let budget = MemoryBudget(bytes: 1000)
        let header = PhotoMetadata(format: .heic, width: 1000, height: 500)
        #expect(peak(threads: 8, rounds: 10, weight: 1) { budget.taking(header, $0) } == 1)
    }

    @Test(.timeLimit(.minutes(1))) func `One photo over fifty megapixels is in work at a time`() {
        let budget = MemoryBudget(bytes: 100_000_000_000)
        let large = PhotoMetadata(format: .ppm, width: 10_000, height: 5001)
        #expect(peak(threads: 8, rounds: 10, weight: 1) { budget.taking(large, $0) } == 1)
        let small = PhotoMetadata(format: .ppm, width: 10_000, height: 5000)
        #expect(peak(threads: 8, rounds: 10, weight: 1) { budget.taking(small, $0) } > 1)
    }

    @Test func `What is decoded as a whole counts twice what is decoded by lines`() {
        func jpeg(_ frame: UInt8) -> [UInt8] { [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0xFF, 0xC2, 0xFF, frame, 0, 11] }
        #expect(MemoryBudget.bytesPerPixel(.jpeg, jpeg(0xC0)) == 6)
        #expect(MemoryBudget.bytesPerPixel(.jpeg, jpeg(0xC2)) == 12)
        #expect(MemoryBudget.bytesPerPixel(.jpeg, [0xFF, 0xD8]) == 12)
        var png = [UInt8](repeating: 0, count: 33)
        #expect(MemoryBudget.bytesPerPixel(.png, png) == 6)
        png[28] = 1
        #expect(MemoryBudget.bytesPerPixel(.png, png) == 12)
        #expect(MemoryBudget.bytesPerPixel(.avif, []) == 12)
    }
}
