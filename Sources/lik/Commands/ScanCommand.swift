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
        let files = try PhotoFolder(isRecursive: !notRecursive).photos(in: paths) { Console.error($0.message) }
        let pack = try wiring.installedPack()
        if let annotate { try makeFolder(annotate) }
        let store = try wiring.store(library)
        let jobs = try wiring.jobs()
        let scan = LibraryScan(
            store: store, decoder: try wiring.decoder(),
            analyzer: try wiring.analyzer(for: pack, jobs: jobs, attributes: analysis.attributes),
            options: ScanOptions(
                jobs: jobs, maximumBytes: try wiring.maximumBytes(), detection: try wiring.detectionOptions(),
                grouping: try wiring.grouping(for: pack.manifest)))
        let report = try run(scan, on: files)
        let result = try LibraryListing(store: store).result(of: report)
        let undrawn = try write(result, report: report, wiring: wiring, metric: pack.manifest.metric)
        if report.wasCancelled { throw ExitCode(1) }
        if !report.failures.isEmpty || undrawn > 0 { throw ExitCode(3) }
    }

    private func wiring() throws -> Wiring {
        var flags = analysis.values.merging(grouping.values) { first, _ in first }
        if let jobs { flags[Setting.jobs.name] = jobs }
        return Wiring(settings: try Settings(flags: flags))
    }

    private func run(_ scan: LibraryScan, on files: [PhotoFile]) throws -> ScanReport {
        let cancellation = ScanCancellation()
        let interrupt = Interrupt { cancellation.cancel() }
        let bar = ProgressBar(total: files.count, unit: "photos")
        let report = try scan.run(files, cancellation: cancellation) { event in
            switch event {
            case .started, .grouping: break
            case .file(let done, _, _): bar.update(done: done)
            }
        }
        withExtendedLifetime(interrupt) { bar.finish() }
        return report
    }

    /// Made before any work is done, so that a bad place is found in time.
    private func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: Settings.absolute(path), withIntermediateDirectories: true)
        } catch {
            throw CommandError.unwritable(path, reason: String(cString: strerror(errno)))
        }
    }

    /// - Returns: how many copies could not be drawn.
    private func write(_ result: ScanResult, report: ScanReport, wiring: Wiring, metric: Metric) throws -> Int {
        var undrawn = 0
        if let annotate {
            let writer = AnnotatedFolder(
                path: Settings.absolute(annotate), decoder: try wiring.decoder(),
                maximumBytes: try wiring.maximumBytes(), metric: metric)
            for failure in writer.write(result, jobs: try wiring.jobs()) {
                Console.error("\(failure.file.name) could not be drawn: \(failure.reason)")
                undrawn += 1
            }
        }
        let summary = ScanSummary(report: report, people: result.people.count, faces: result.faceCount)
        if json {
            try print(ScanDocument(result, includesEmbeddings: embeddings).encoded())
        }
        for line in summary.lines { json ? Console.note(line) : print(line) }
        return undrawn
    }
}
