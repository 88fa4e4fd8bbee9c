import FaceClustering
import FaceCore
import FaceLibrary
import Foundation

/// What a person reads after `lik evaluate`.
struct EvaluationTable {
    let lines: [String]
    /// What was left out, and why.
    let problems: [String]

    static let noPairs =
        "Nobody is on two of the photos, or nobody but one person, so there are no pairs to tell apart."

    init(_ report: EvaluationReport, pack: String) {
        let recognition = report.identification.map(Self.identification) ?? Self.grouping(report)
        lines = Self.detection(report, pack) + [""] + recognition + [""] + Self.verification(report.verification)
        problems =
            report.problems.map { "labels, line \($0.line): \($0.reason)" }
            + report.leftOut.map { "\($0.name): \($0.reason)" }
    }

    // MARK: Detection

    private static func detection(_ report: EvaluationReport, _ pack: String) -> [String] {
        let score = report.detection
        var lines = ["\(count(report.photos, "photo")), pack \(pack)", ""]
        if let recall = score.recall {
            lines.append("Detection: \(score.found) of \(score.labelled) labelled faces found (\(percent(recall)))")
        } else {
            lines.append("Detection: no face is labelled")
        }
        if score.countedPhotos > 0 {
            lines[lines.count - 1] +=
                ", \(count(score.extra, "box", plural: "boxes")) where no face is "
                + "on \(count(score.countedPhotos, "photo")) on which all faces are labelled"
        }
        if !score.hasBoxes {
            lines.append("  No label has a box: the largest face of a photo is taken for the person it names.")
        }
        for name in score.missedOn.prefix(10) { lines.append("  missed on \(name)") }
        if score.missedOn.count > 10 { lines.append("  and on \(score.missedOn.count - 10) more") }
        return lines
    }

    // MARK: Identification

    private static func identification(_ score: IdentificationScore) -> [String] {
        let plan = score.plan
        let rate = String(format: "%g", plan.falseIdentificationRate * 100)
        return [
            "Identification, \(count(plan.splits, "random split")), half of each person's photos enrolled, "
                + "\(people(plan.leftOut)) left out of each:",
            "  right person is the nearest   \(percent(score.mean(\.rankOne)))",
            "  ... and within the threshold  \(percent(score.mean(\.identified)))",
            "  strangers refused             \(percent(score.mean(\.refused)))",
            String(format: "  threshold                     %.3f", score.mean(\.threshold))
                + " (at most \(rate) % of the faces of enrolled people taken for somebody else)",
        ]
    }

    // MARK: Grouping

    private static func grouping(_ report: EvaluationReport) -> [String] {
        guard let own = report.groupings.first else {
            return ["Grouping: no face that was found has a name, so there is nothing to compare groups with."]
        }
        let quality = own.quality
        var lines = ["Grouping of \(count(quality.faces, "face")) of \(people(quality.people)), all photos at once:"]
        var rows = [["", "", "", "pairs", "", "", "BCubed", "", ""]]
        rows.append(
            ["algorithm", "parameters", "groups"] + Array(repeating: ["precision", "recall", "F"], count: 2).joined())
        for grouping in report.groupings {
            let scores = [grouping.quality.pairs, grouping.quality.bcubed]
            rows.append(
                [grouping.name, grouping.parameters, "\(grouping.quality.groups)"]
                    + scores.flatMap { [share($0.precision), share($0.recall), share($0.f)] })
        }
        lines += aligned(rows, textColumns: 2).map { "  " + $0 }
        lines += pieces(of: own)
        if let orders = report.orders {
            lines += [
                "",
                "One by one, \(own.name), in \(count(orders.qualities.count, "random order")) (seed \(orders.seed)):",
                "  BCubed F \(share(orders.meanBCubedF)) on average, \(share(orders.worstBCubedF)) at worst; "
                    + "pair precision \(share(orders.worstPairPrecision)) at worst",
                "  BCubed F with the groups of all at once \(share(orders.meanAgreement)) on average, "
                    + "\(share(orders.worstAgreement)) at worst",
            ]
        }
        return lines
    }

    private static func pieces(of grouping: GroupingScore) -> [String] {
        let pieces = grouping.pieces.map { "\($0.identity) (\($0.sizes.map(String.init).joined(separator: " + ")))" }
        let mixtures = grouping.mixtures.map { mixture in
            mixture.people.map { "\($0.faces) of \($0.identity)" }.joined(separator: " and ")
        }
        return list("in pieces", pieces) + list("mixed up", mixtures)
    }

    private static func list(_ title: String, _ entries: [String]) -> [String] {
        guard !entries.isEmpty else { return [] }
        let more = entries.count > 8 ? ", and \(entries.count - 8) more" : ""
        return ["  \(title): " + entries.prefix(8).joined(separator: ", ") + more]
    }

    // MARK: Verification

    private static func verification(_ score: VerificationScore?) -> [String] {
        guard let score else { return ["Verification: " + noPairs] }
        var lines = [
            "Verification by \(score.metric.rawValue) distance, \(count(score.genuineCount, "pair")) of one person "
                + "and \(score.impostorCount) of two:",
            "  equal error rate \(percent(score.equalErrorRate)) at \(threshold(score.equalErrorThreshold))",
        ]
        if let point = score.atPackThreshold {
            lines.append(
                "  at the pack's threshold \(threshold(point.threshold)): false accepts "
                    + "\(percent(point.falseAcceptRate)), false rejects \(percent(point.falseRejectRate))")
        }
        var rows = [["FAR wanted", "threshold", "FAR", "FRR", "TAR"]]
        for wanted in score.wanted {
            rows.append([
                "\(wanted.falseAcceptRate)" + (wanted.isResolved ? " " : "*"), threshold(wanted.point.threshold),
                percent(wanted.point.falseAcceptRate), percent(wanted.point.falseRejectRate),
                percent(wanted.point.trueAcceptRate),
            ])
        }
        lines += aligned(rows, textColumns: 0).map { "  " + $0 }
        if score.wanted.contains(where: { !$0.isResolved }) {
            lines.append("  * less than one of the pairs of two people: this needs a larger set to be measured")
        }
        return lines
    }

    // MARK: Words and numbers

    /// Columns of one width each, the first ones to the left and the others to the right.
    private static func aligned(_ rows: [[String]], textColumns: Int) -> [String] {
        let columns = rows.first?.count ?? 0
        let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let room = String(repeating: " ", count: widths[column] - cell.count)
                line += (column > 0 ? "  " : "") + (column < textColumns ? cell + room : room + cell)
            }
            while line.hasSuffix(" ") { line.removeLast() }
            return line
        }
    }

    private static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    private static func people(_ number: Int) -> String { count(number, "person", plural: "people") }

    /// Four digits; only what is perfect looks it.
    static func share(_ value: Double) -> String {
        String(format: "%.4f", value < 1 ? min(value, 0.9999) : value)
    }

    private static func percent(_ value: Double) -> String { String(format: "%.2f %%", value * 100) }

    private static func threshold(_ value: Double) -> String { String(format: "%.4f", value) }
}
