import ArgumentParser
import FaceAnalysis
import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// `lik scan`: photos in, people out.
struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Finds the faces on photos and groups them into people.",
        discussion: """
            Photos stay where they lie and are never changed. What is found is kept in the library, so that the next \
            scan only looks at new photos. Ctrl-C ends after the photos in work; the next scan goes on from there.
            """)

    @Argument(help: "Photos, and folders with photos.")
    var paths: [String]

    @Flag(help: "Print the result as JSON.")
    var json = false

    @Flag(help: "With --json: add the embeddings.")
    var embeddings = false

    @Option(help: "Write copies of the photos, with boxes and names, into this folder.")
    var annotate: String?

    @Option(help: "Photos in work at once (LIK_JOBS; one a core).")
    var jobs: String?

    @Flag(help: "Say at the end how long the stages of the work took.")
    var timings = false

    @Flag(name: .customLong("no-recursive"), help: "Leave out folders within folders.")
    var notRecursive = false

    @OptionGroup(title: "Library") var library: LibraryFlags
    @OptionGroup(title: "Faces") var analysis: AnalysisFlags
    @OptionGroup(title: "Grouping") var grouping: GroupingFlags

    func validate() throws {
        if paths.isEmpty { throw ValidationError("Name at least one photo or folder.") }
        if embeddings, !json { throw ValidationError("--embeddings needs --json.") }
        try checkingUsage { try wiring().check() }
    }

    func run() throws {
        let wiring = try wiring()
        for path in paths where !FileManager.default.fileExists(atPath: path) {
            throw PhotoIntakeError.noSuchPath(path)
        }
        let pack = try wiring.installedPack()
        let grouping = try checkingUsage { try wiring.grouping(for: pack.manifest) }
        if let annotate { try checkingUsage { try AnnotatedFolder.claim(Settings.absolute(annotate)) } }
        let listing = try PhotoFolder(isRecursive: !notRecursive).listing(of: paths)
        let unlisted = listing.unreadable.map(\.message)
        let store = try wiring.store(library)
        let jobs = try wiring.jobs()
        let times = StageTimes()
        let scan = LibraryScan(
            store: store, decoder: try wiring.decoder(),
            analyzer: try wiring.analyzer(for: pack, jobs: jobs, attributes: analysis.attributes),
            options: ScanOptions(
                jobs: jobs, maximumBytes: try wiring.maximumBytes(), detection: try wiring.detectionOptions(),
                grouping: grouping),
            observer: timings ? times : NoWorkObserver())
        let begin = ContinuousClock.now
        let report = try run(scan, on: listing)
        let duration = ContinuousClock.now - begin
        let result = try LibraryListing(store: store).result(of: report)
        let undrawn = report.wasCancelled ? 0 : try draw(result, wiring: wiring, metric: pack.manifest.metric)
        try write(result, report: report, unlisted: unlisted)
        if timings {
            for line in ScanTimings(times, photos: report.analyzed, jobs: jobs, duration: duration).lines {
                Console.note(line)
            }
        }
        if report.wasCancelled { throw ExitCode(1) }
        if !report.failures.isEmpty || !unlisted.isEmpty || undrawn > 0 { throw ExitCode(3) }
    }

    private func wiring() throws -> Wiring {
        var flags = analysis.values.merging(grouping.values) { first, _ in first }
        if let jobs { flags[Setting.jobs.name] = jobs }
        return Wiring(settings: try Settings(flags: flags))
    }

    private func run(_ scan: LibraryScan, on listing: PhotoListing) throws -> ScanReport {
        let cancellation = ScanCancellation()
        let interrupt = Interrupt { cancellation.cancel() }
        let bar = ProgressBar(total: listing.files.count, unit: "photos")
        let report = try scan.run(listing, cancellation: cancellation) { event in
            switch event {
            case .started, .grouping: break
            case .file(let done, _, _): bar.update(done: done)
            }
        }
        withExtendedLifetime(interrupt) { bar.finish() }
        return report
    }

    /// - Returns: how many copies could not be drawn.
    private func draw(_ result: ScanResult, wiring: Wiring, metric: Metric) throws -> Int {
        guard let annotate else { return 0 }
        let folder = AnnotatedFolder(
            path: Settings.absolute(annotate), decoder: try wiring.decoder(),
            maximumBytes: try wiring.maximumBytes(), metric: metric)
        let failures = folder.write(result, jobs: try wiring.jobs())
        for failure in failures {
            Console.error("\(failure.file.name) could not be drawn: \(failure.reason)")
        }
        return failures.count
    }

    private func write(_ result: ScanResult, report: ScanReport, unlisted: [String]) throws {
        if json { try print(ScanDocument(result, includesEmbeddings: embeddings).encoded()) }
        let summary = ScanSummary(report: report, people: result.people.count, faces: result.faceCount)
        var lines = summary.lines + unlisted.map { "  " + $0 }
        if report.known + report.duplicates > 0, !analysis.limits.isEmpty {
            lines.append(
                "Known photos keep what was found on them before; \(analysis.limits.joined(separator: ", ")) "
                    + "counted for new ones only.")
        }
        for line in lines { json ? Console.note(line) : print(line) }
    }
}
