import FaceLibrary
import Foundation

/// Where the time of a scan went, for whoever asks with `--timings`.
struct ScanTimings {
    let lines: [String]

    /// - Parameters:
    ///   - photos: how many were analysed.
    ///   - jobs: photos in work at once.
    ///   - duration: of the scan, by the clock on the wall.
    init(_ times: StageTimes, photos: Int, jobs: Int, duration: Duration) {
        let stages = PhotoStage.allCases.map { (stage: $0, milliseconds: times.milliseconds($0)) }
        let all = stages.reduce(0) { $0 + $1.milliseconds }
        var lines = ["stage     seconds     share" + (photos > 0 ? "  ms a photo" : "")]
        for (stage, milliseconds) in stages {
            let name = stage.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
            let share = all > 0 ? 100 * milliseconds / all : 0
            var line = name + String(format: "%9.2f%8.1f %%", milliseconds / 1000, share)
            // People are grouped once, after all photos.
            if photos > 0, stage != .assign { line += String(format: "%12.1f", milliseconds / Double(photos)) }
            lines.append(line)
        }
        let wall = duration / .milliseconds(1)
        lines.append(
            String(format: "%.2f s by the clock, with %d at once", wall / 1000, jobs)
                + (photos > 0 ? String(format: ": %.1f ms a photo.", wall / Double(photos)) : "."))
        self.lines = lines
    }
}
