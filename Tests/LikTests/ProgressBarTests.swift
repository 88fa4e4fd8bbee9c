import Synchronization
import Testing

@testable import lik

@Suite struct ProgressBarTests {
    @Test func `A line tells how much is done, how fast and how long it will take`() {
        let line = ProgressBar.line(done: 20, total: 100, unit: "photos", elapsed: .seconds(10), width: nil)
        #expect(line == "20/100 photos, 2.0 a second, 0:40 left")
    }

    @Test func `The bar fills with the work and the line fits the terminal`() {
        let half = ProgressBar.line(done: 50, total: 100, unit: "photos", elapsed: .seconds(10), width: 80)
        #expect(half.count <= 80)
        #expect(half.count { $0 == "█" } == half.count { $0 == "·" })
        let narrow = ProgressBar.line(done: 50, total: 100, unit: "photos", elapsed: .seconds(10), width: 20)
        #expect(!narrow.contains("█"))
    }

    @Test func `Hours are shown when there are any`() {
        #expect(ProgressBar.clock(59.2) == "1:00")
        #expect(ProgressBar.clock(3723) == "1:02:03")
    }

    @Test func `Without a terminal a line comes at the end and never two at once`() {
        let written = Mutex<[String]>([])
        let bar = ProgressBar(total: 3, unit: "photos", isTerminal: false) { line in
            written.withLock { $0.append(line) }
        }
        for done in 1...3 { bar.update(done: done) }
        bar.finish()
        #expect(written.withLock { $0.count } == 1)
        #expect(written.withLock { $0.first?.hasPrefix("3/3 photos") } == true)
    }
}
