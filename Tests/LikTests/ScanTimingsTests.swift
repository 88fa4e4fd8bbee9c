import FaceLibrary
import Testing

@testable import lik

struct ScanTimingsTests {
    private func times() -> StageTimes {
        let times = StageTimes()
        times.stage(.decode, took: .milliseconds(100))
        times.stage(.detect, took: .milliseconds(600))
        times.stage(.embed, took: .milliseconds(250))
        times.stage(.assign, took: .milliseconds(50))
        return times
    }

    @Test func `Each stage has its time, its share and what a photo takes`() {
        let lines = ScanTimings(times(), photos: 4, jobs: 2, duration: .milliseconds(520)).lines
        #expect(
            lines == [
                "stage     seconds     share  ms a photo",
                "decode       0.10    10.0 %        25.0",
                "detect       0.60    60.0 %       150.0",
                "align        0.00     0.0 %         0.0",
                "embed        0.25    25.0 %        62.5",
                "assign       0.05     5.0 %",
                "store        0.00     0.0 %         0.0",
                "0.52 s by the clock, with 2 at once: 130.0 ms a photo.",
            ])
    }

    @Test func `Where no photo was new there is no time of a photo`() {
        let lines = ScanTimings(StageTimes(), photos: 0, jobs: 1, duration: .zero).lines
        #expect(lines.first == "stage     seconds     share")
        #expect(lines.last == "0.00 s by the clock, with 1 at once.")
    }
}
