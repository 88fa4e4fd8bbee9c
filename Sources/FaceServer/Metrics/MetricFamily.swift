/// All series of one metric.
struct MetricFamily: Sendable {
    enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    enum Series: Sendable {
        case counter(Counter)
        case gauge(Gauge)
        case histogram(Histogram)
        /// Read when the metrics are.
        case sampled(@Sendable () -> Double?)
    }

    /// Beyond so many series of one metric, values are put together under this label value: a label that somebody outside
    /// can choose must not fill the memory.
    static let seriesLimit = 1000
    static let overflowLabel = "other"

    let name: String
    let help: String
    let kind: Kind
    let labels: [String]
    var series: [[String]: Series] = [:]

    init(_ definition: any MetricDefinition, kind: Kind) {
        name = definition.name
        help = definition.help
        labels = definition.labels
        self.kind = kind
    }

    /// The label values under which a value is kept.
    func key(for values: [String]) -> [String] {
        guard values.count == labels.count else {
            assertionFailure("\(name) has the labels \(labels), got \(values.count) values")
            return labels.map { _ in Self.overflowLabel }
        }
        guard series[values] == nil, series.count >= Self.seriesLimit else { return values }
        return labels.map { _ in Self.overflowLabel }
    }
}
