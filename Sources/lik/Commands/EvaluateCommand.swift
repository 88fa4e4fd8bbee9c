import ArgumentParser
import FaceAnalysis
import FaceClustering
import FaceCore
import FaceLibrary
import Foundation

/// `lik evaluate`: how well the engine does on photos of which one knows who is on them.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Measures recognition on photos whose people are known.",
        discussion: """
            FOLDER holds a labels.csv with the columns file and identity (and boxes, box_identities, n_faces, \
            duplicate_of, kind where there are any), or one folder a person. Nothing is stored, and the library is \
            left alone. docs/evaluation.md says how to read the result.
            """)

    @Argument(help: "Folder with the photos and their labels.", completion: .directory)
    var folder: String

    @Option(help: "File with the labels; by default labels.csv in the folder.", completion: .file())
    var labels: String?

    @Flag(help: "Print the result as JSON.")
    var json = false

    @Option(help: "Draw the error rates into this SVG file.", completion: .file())
    var plot: String?

    @Option(help: "A false accept rate for which to find the threshold; may be given several times.")
    var far: [Double] = []

    @Option(help: "Random orders in which photos come one at a time; 0 for none.")
    var orders = 20

    @Option(
        name: .customLong("protocol"), help: "What is measured: all, or identify (who is it, of people half enrolled?)."
    )
    var measured = Measurement.all

    @Option(help: "Random splits of the photos for identification.")
    var splits = 20

    @Option(help: "People whom identification leaves out of each split, to be refused.")
    var leftOut = 10

    @Option(help: "The same number gives the same orders and splits.")
    var seed: UInt64 = 1

    @Option(help: "Photos in work at once (LIK_JOBS; one a core).")
    var jobs: String?

    @Flag(help: "Keep with the model pack which distance gives which false accept rate, for collections.")
    var calibrate = false

    @OptionGroup(title: "Faces") var analysis: AnalysisFlags
    @OptionGroup(title: "Grouping") var grouping: GroupingFlags

    enum Measurement: String, ExpressibleByArgument, CaseIterable {
        case all
        case identify
    }

    static let falseAcceptRates = [0.1, 0.01, 0.001, 0.0001]

    func validate() throws {
        if let rate = far.first(where: { !($0 > 0 && $0 <= 1) }) {
            throw ValidationError("--far takes a share above 0 and at most 1, such as 0.001, and not \(rate).")
        }
        if !(1...10_000).contains(splits) { throw ValidationError("--splits takes a number from 1 to 10000.") }
        if leftOut < 0 { throw ValidationError("--left-out takes a number of people.") }
        if !(0...10_000).contains(orders) { throw ValidationError("--orders takes a number from 0 to 10000.") }
        if analysis.attributes { throw ValidationError("Attributes are not measured: leave --attributes out.") }
        try checkingUsage { try wiring().check() }
    }

    func run() throws {
        let wiring = try wiring()
        let set = try EvaluationSet(
            folder: URL(fileURLWithPath: Settings.absolute(folder), isDirectory: true),
            labels: labels.map { URL(fileURLWithPath: Settings.absolute($0)) })
        let pack = try wiring.installedPack()
        let options = try checkingUsage { try wiring.grouping(for: pack.manifest) }
        let evaluation = Evaluation(try analyze(set, wiring: wiring, pack: pack)) { try wiring.emptyStore() }
        var report = EvaluationReport(
            photos: evaluation.set.photos.count, problems: set.problems, leftOut: evaluation.set.leftOut,
            detection: evaluation.detection)
        if measured == .all, !evaluation.detection.named.isEmpty {
            report.groupings = try groupings(evaluation, options, pack: pack, wiring: wiring, orders: &report.orders)
        }
        report.verification = evaluation.verification(
            metric: options.metric,
            packThreshold: options.metric == pack.manifest.metric ? pack.manifest.thresholds.samePair : nil,
            falseAcceptRates: far.isEmpty ? Self.falseAcceptRates : far)
        if measured == .identify {
            report.identification = evaluation.identification(
                metric: options.metric,
                IdentificationScore.Plan(
                    splits: splits, leftOut: leftOut, falseIdentificationRate: far.first ?? 0.001, seed: seed))
        }
        if calibrate {
            guard let calibration = evaluation.calibration(metric: options.metric, model: pack.embedderModel) else {
                throw ValidationError("--calibrate needs photos of two people.")
            }
            try calibration.write(packFolder: pack.folder)
            Console.note("Measured by \(calibration.comparisons) comparisons; kept with the pack \(pack.name).")
        }
        try write(report, pack: pack)
        if !report.problems.isEmpty || !report.leftOut.isEmpty { throw ExitCode(3) }
    }

    private func wiring() throws -> Wiring {
        var flags = analysis.values.merging(grouping.values) { first, _ in first }
        if let jobs { flags[Setting.jobs.name] = jobs }
        return Wiring(settings: try Settings(flags: flags))
    }

    private func analyze(_ set: EvaluationSet, wiring: Wiring, pack: InstalledModelPack) throws -> AnalyzedSet {
        let jobs = try wiring.jobs()
        let analysis = SetAnalysis(
            decoder: try wiring.decoder(), analyzer: try wiring.analyzer(for: pack, jobs: jobs, attributes: false),
            detection: try wiring.detectionOptions(), maximumBytes: try wiring.maximumBytes(), jobs: jobs)
        let bar = ProgressBar(total: set.photos.count, unit: "photos")
        defer { bar.finish() }
        return try analysis.run(set) { bar.update(done: $0) }
    }

    /// The way that the settings name first, with photos at once and one by one; then the others, with the parameters of
    /// the pack, for comparison.
    private func groupings(
        _ evaluation: Evaluation, _ options: GroupingOptions, pack: InstalledModelPack, wiring: Wiring,
        orders score: inout OrderScore?
    ) throws -> [GroupingScore] {
        let own = try evaluation.groups(options)
        if orders > 0 {
            let bar = ProgressBar(total: orders, unit: "orders")
            defer { bar.finish() }
            score = try evaluation.oneByOne(
                options, orders: orders, seed: seed, comparedWith: own, jobs: try wiring.jobs()
            ) { bar.update(done: $0) }
        }
        var scores = [evaluation.score(own, name: options.algorithm.rawValue, parameters: options.parameters)]
        for algorithm in GroupingOptions.Algorithm.allCases where algorithm != options.algorithm {
            let options = GroupingOptions(
                algorithm: algorithm, eps: pack.manifest.thresholds.eps(for: algorithm), metric: pack.manifest.metric)
            scores.append(
                evaluation.score(
                    try evaluation.groups(options), name: algorithm.rawValue, parameters: options.parameters))
        }
        // Not offered for grouping, since it depends on the order of the photos; it is what dlib's users know.
        let thresholds = pack.manifest.thresholds
        scores.append(
            evaluation.score(
                evaluation.groups(ChineseWhispers(threshold: thresholds.samePair, metric: pack.manifest.metric)),
                name: "chinese whispers", parameters: "threshold \(thresholds.samePair)"))
        return scores
    }

    private func write(_ report: EvaluationReport, pack: InstalledModelPack) throws {
        if let plot {
            if let verification = report.verification {
                try VerificationPlot(verification, pack: pack.name).write(to: Settings.absolute(plot))
            } else {
                Console.note("Nothing was drawn: " + EvaluationTable.noPairs)
            }
        }
        let table = EvaluationTable(report, pack: pack.name)
        if json {
            try print(EvaluationDocument(report, pack: pack.name).encoded())
            for line in table.problems { Console.note(line) }
        } else {
            for line in table.lines + table.problems { print(line) }
        }
    }
}

extension GroupingOptions {
    /// What makes the result, for people.
    fileprivate var parameters: String {
        switch algorithm {
        case .average: "\(metric == .cosine ? "distance" : "squared distance") \(eps)"
        case .dbscan: "eps \(eps), \(minSamples) sample\(minSamples == 1 ? "" : "s")"
        case .hdbscan: "smallest group \(max(minSamples, 2))" + (eps > 0 ? ", eps \(eps)" : "")
        }
    }
}
