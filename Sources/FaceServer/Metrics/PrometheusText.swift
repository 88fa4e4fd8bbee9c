/// Writes metrics in Prometheus' text exposition format, version 0.0.4.
struct PrometheusText {
    private(set) var text = ""

    mutating func append(_ family: MetricFamily) {
        guard !family.series.isEmpty else { return }
        text += "# HELP \(family.name) \(Self.escaped(family.help, quotes: false))\n"
        text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
        let series = family.series.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        for (values, series) in series {
            let labels = zip(family.labels, values).map { "\($0)=\"\(Self.escaped($1, quotes: true))\"" }
            switch series {
            case .counter(let counter): line(family.name, labels, String(counter.value))
            case .gauge(let gauge): line(family.name, labels, Self.number(gauge.value))
            case .sampled(let read):
                if let value = read() { line(family.name, labels, Self.number(value)) }
            case .histogram(let histogram): append(histogram, name: family.name, labels: labels)
            }
        }
    }

    private mutating func append(_ histogram: Histogram, name: String, labels: [String]) {
        let state = histogram.snapshot
        var below: UInt64 = 0
        for (bound, count) in zip(histogram.bounds + [.infinity], state.counts) {
            below += count
            line(name + "_bucket", labels + ["le=\"\(Self.number(bound))\""], String(below))
        }
        line(name + "_sum", labels, Self.number(state.sum))
        line(name + "_count", labels, String(below))
    }

    private mutating func line(_ name: String, _ labels: [String], _ value: String) {
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels.joined(separator: ","))} \(value)\n"
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if let whole = Int64(exactly: value) { return String(whole) }
        return String(value)
    }

    static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
