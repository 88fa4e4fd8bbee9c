import FaceClustering
import FaceCore
import FaceLibrary
import Foundation

/// The error rates of telling pairs apart as an SVG picture: both rates by threshold on the left, what one costs in the
/// other on the right.
struct VerificationPlot {
    private let score: VerificationScore
    private let pack: String

    private static let red = "#c8402a"
    private static let blue = "#2461b8"
    private static let green = "#1e8449"
    private static let grey = "#555b66"

    init(_ score: VerificationScore, pack: String) {
        self.score = score
        self.pack = pack
    }

    /// - Throws: `CommandError.unwritable`.
    func write(to path: String) throws {
        do {
            try Data(svg.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandError.unwritable(path)
        }
    }

    var svg: String {
        let caption =
            "Pack \(pack), \(score.genuineCount) pairs of one person, \(score.impostorCount) of two; equal error rate "
            + "\(percent(score.equalErrorRate, digits: 2)) at \(String(format: "%.3f", score.equalErrorThreshold))"
        let head = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1040\" height=\"520\" viewBox=\"0 0 1040 520\" "
                + "font-family=\"system-ui, 'DejaVu Sans', sans-serif\" font-size=\"12\" fill=\"#22262e\">",
            "<title>Verification error rates</title>",
            "<style>.tick{stroke:#e3e5e9;fill:none}</style>",
            "<rect width=\"1040\" height=\"520\" fill=\"#fbfbfc\"/>",
        ]
        let foot = [
            "<text x=\"520\" y=\"508\" text-anchor=\"middle\" fill=\"#555b66\">\(SVGChart.escaped(caption))</text>",
            "</svg>",
        ]
        return (head + rates.elements + tradeOff.elements + foot)
            .joined(separator: "\n") + "\n"
    }

    // MARK: Charts

    private var rates: SVGChart {
        let thresholds = score.curve.map(\.threshold)
        let range = Self.padded(min(thresholds.min() ?? 0, packThreshold), max(thresholds.max() ?? 1, packThreshold))
        var chart = SVGChart(
            title: "Errors by threshold", place: .init(left: 72, top: 48, width: 420, height: 350),
            horizontal: .init(
                title: "threshold (\(score.metric.rawValue) distance)", range: range,
                ticks: SVGChart.Axis.roundTicks(range, about: 8).map { ($0, Self.decimal($0)) }),
            vertical: shareAxis("share of pairs", 0...1))
        chart.line(
            score.curve.map { ($0.threshold, $0.falseAcceptRate) }, color: Self.red, label: "false accepts (FAR)")
        chart.line(
            score.curve.map { ($0.threshold, $0.falseRejectRate) }, color: Self.blue, label: "false rejects (FRR)")
        chart.rule(at: score.equalErrorThreshold, color: Self.grey, label: "equal error")
        if let point = score.atPackThreshold {
            chart.rule(at: point.threshold, color: Self.green, label: "the pack's threshold")
        }
        return chart
    }

    private var tradeOff: SVGChart {
        let lowest = 1 / Double(max(score.impostorCount, 2))
        // At least one whole power of ten on the axis.
        let exponent = min(Int(log10(lowest).rounded(.down)), -1)
        let least = score.tradeOff.map(\.trueAcceptRate).min() ?? 0
        let floor = min((least * 20).rounded(.down) / 20, 0.95)
        var chart = SVGChart(
            title: "Recognised pairs by false accepts (ROC)", place: .init(left: 588, top: 48, width: 420, height: 350),
            horizontal: .init(
                title: "false accept rate (logarithmic)", range: pow(10, Double(exponent))...1, isLogarithmic: true,
                ticks: (exponent...0).map {
                    (pow(10, Double($0)), percent(pow(10, Double($0)), digits: max(0, -$0 - 2)))
                }),
            vertical: shareAxis("true accept rate (TAR)", floor...1))
        chart.line(
            score.tradeOff.map { (max($0.falseAcceptRate, lowest), $0.trueAcceptRate) }, color: Self.blue, label: "TAR")
        chart.dot(
            (score.equalErrorRate, 1 - score.equalErrorRate), color: Self.grey, label: "equal error")
        if let point = score.atPackThreshold {
            chart.dot(
                (point.falseAcceptRate, max(point.trueAcceptRate, floor)), color: Self.green,
                label: "the pack's threshold")
        }
        return chart
    }

    private var packThreshold: Double { score.atPackThreshold?.threshold ?? score.equalErrorThreshold }

    private func shareAxis(_ title: String, _ range: ClosedRange<Double>) -> SVGChart.Axis {
        let ticks = SVGChart.Axis.roundTicks(range, about: 5)
        let digits =
            ticks.contains { ($0 * 100).rounded() != $0 * 100 && abs(($0 * 100).rounded() - $0 * 100) > 1e-6 } ? 1 : 0
        return SVGChart.Axis(title: title, range: range, ticks: ticks.map { ($0, percent($0, digits: digits)) })
    }

    private static func padded(_ low: Double, _ high: Double) -> ClosedRange<Double> {
        high > low ? low...high : low...(low + 1)
    }

    private static func decimal(_ value: Double) -> String {
        let text = String(format: "%.2f", value)
        return text.hasSuffix("0") ? String(text.dropLast()) : text
    }

    private func percent(_ value: Double, digits: Int) -> String {
        String(format: "%.\(digits)f %%", value * 100)
    }
}
