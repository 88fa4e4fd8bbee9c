import ArgumentParser
import FaceAnalysis
import Foundation
import Imaging
import Synchronization

/// `measure time`: milliseconds a photo over a list, decoding included.
struct TimeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "time", abstract: "Times the analysis of a list of photos.",
        discussion: """
            Loading the models and a first photo are not counted. The time is the wall clock's for the whole list, \
            divided by the photos; the stages' is that of the threads that worked on them.
            """)

    @OptionGroup var flags: PackFlags

    @Option(help: "A file with the path of a photo a line.")
    var list: String

    @Option(help: "Photos in work at once.")
    var jobs = 1

    private struct Answer: Encodable {
        let photos: Int
        let faces: Int
        let jobs: Int
        let millisecondsPerPhoto: Double
        let stages: [String: Double]
    }

    func validate() throws {
        if jobs < 1 { throw ValidationError("--jobs must be at least 1.") }
    }

    func run() throws {
        let paths = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n").map(String.init)
        guard let first = paths.first else { throw ValidationError("The list \(list) is empty.") }
        let analyzer = try flags.analyzer()
        let clock = StageClock()
        let decoder = PhotoDecoder()
        _ = try analyzer.analyze(decoder.decode(contentsOf: first).photo, options: flags.detection)

        let work = TimedWork(
            paths: paths, decoder: decoder, analyzer: analyzer.timed(by: clock), detection: flags.detection,
            clock: clock)
        let duration = try ContinuousClock().measure { try work.run(threads: jobs) }
        try JSONLines().print(
            Answer(
                photos: paths.count, faces: work.faces, jobs: jobs,
                millisecondsPerPhoto: duration.milliseconds / Double(paths.count),
                stages: clock.milliseconds(perPhotoOf: paths.count)))
    }
}

/// Threads that take the photos of a list one after the other.
private final class TimedWork: Sendable {
    private let paths: [String]
    private let decoder: PhotoDecoder
    private let analyzer: FaceAnalyzer
    private let detection: DetectionOptions
    private let clock: StageClock

    private struct State {
        var next = 0
        var faces = 0
        var failure: (any Error)?
    }

    /// Shared by the threads: which photo is next, and what came of those before.
    private let state = Mutex(State())

    init(
        paths: [String], decoder: PhotoDecoder, analyzer: FaceAnalyzer, detection: DetectionOptions, clock: StageClock
    ) {
        self.paths = paths
        self.decoder = decoder
        self.analyzer = analyzer
        self.detection = detection
        self.clock = clock
    }

    var faces: Int { state.withLock { $0.faces } }

    /// - Throws: what the first photo that failed threw; the rest of the list is left out then.
    func run(threads: Int) throws {
        let group = DispatchGroup()
        for _ in 0..<threads {
            group.enter()
            let thread = Thread {
                self.takePhotos()
                group.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        group.wait()
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    private func takePhotos() {
        while let path = nextPath() {
            do {
                let photo = try clock.measure("decode") { try decoder.decode(contentsOf: path).photo }
                let found = try analyzer.analyze(photo, options: detection).count
                state.withLock { $0.faces += found }
            } catch {
                state.withLock { $0.failure = $0.failure ?? error }
            }
        }
    }

    private func nextPath() -> String? {
        state.withLock { state in
            guard state.failure == nil, state.next < paths.count else { return nil }
            defer { state.next += 1 }
            return paths[state.next]
        }
    }
}
