import Synchronization

/// What the server counts and measures, for Prometheus. May be used from any thread; a value costs a look-up under a lock,
/// or, through the series that `counter`, `gauge` and `histogram` give, an atomic operation.
///
/// Label values are routes, states and the like; never names, file names or anything else about people.
public final class MetricsRegistry: Sendable {
    /// The media type of `render()`'s text.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let families = Mutex<[String: MetricFamily]>([:])

    public init() {}

    /// Raises a counter. `labels` are values in the definition's order.
    public func add(_ definition: CounterDefinition, _ labels: String..., by amount: Int = 1) {
        counter(definition, labels).add(amount)
    }

    public func set(_ definition: GaugeDefinition, _ labels: String..., to value: Double) {
        gauge(definition, labels).set(value)
    }

    /// Raises a gauge, or lowers it by a negative amount.
    public func add(_ definition: GaugeDefinition, _ labels: String..., by amount: Double) {
        gauge(definition, labels).add(amount)
    }

    public func observe(_ definition: HistogramDefinition, _ labels: String..., value: Double) {
        histogram(definition, labels).observe(value)
    }

    public func observe(_ definition: HistogramDefinition, _ labels: String..., duration: Duration) {
        histogram(definition, labels).observe(duration)
    }

    public func counter(_ definition: CounterDefinition, _ labels: [String] = []) -> Counter {
        let series = series(definition, kind: .counter, labels) { .counter(Counter()) }
        guard case .counter(let counter) = series else { return Counter() }
        return counter
    }

    public func gauge(_ definition: GaugeDefinition, _ labels: [String] = []) -> Gauge {
        let series = series(definition, kind: .gauge, labels) { .gauge(Gauge()) }
        guard case .gauge(let gauge) = series else { return Gauge() }
        return gauge
    }

    public func histogram(_ definition: HistogramDefinition, _ labels: [String] = []) -> Histogram {
        let series = series(definition, kind: .histogram, labels) {
            .histogram(Histogram(bounds: definition.buckets))
        }
        guard case .histogram(let histogram) = series else { return Histogram(bounds: definition.buckets) }
        return histogram
    }

    /// A gauge whose value is asked for when the metrics are read; nil leaves it out that time. The closure may block, as
    /// `render` may then.
    public func sample(
        _ definition: GaugeDefinition, _ labels: [String] = [], read: @escaping @Sendable () -> Double?
    ) {
        replace(definition, kind: .gauge, labels, with: .sampled(read))
    }

    /// A counter that somebody else keeps, read when the metrics are.
    public func sample(
        _ definition: CounterDefinition, _ labels: [String] = [], read: @escaping @Sendable () -> Double?
    ) {
        replace(definition, kind: .counter, labels, with: .sampled(read))
    }

    /// All metrics in Prometheus' text format, by name. Runs the closures given to `sample`.
    public func render() -> String {
        let families = families.withLock { $0.values.sorted { $0.name < $1.name } }
        var text = PrometheusText()
        for family in families { text.append(family) }
        return text.text
    }

    private func series(
        _ definition: any MetricDefinition, kind: MetricFamily.Kind, _ labels: [String],
        make: () -> MetricFamily.Series
    ) -> MetricFamily.Series {
        families.withLock { families in
            var family = families[definition.name] ?? MetricFamily(definition, kind: kind)
            guard family.kind == kind else { return make() }
            let key = family.key(for: labels)
            if let series = family.series[key] { return series }
            let series = make()
            // Lets go of the dictionary's own, or the change below would copy all series.
            families[definition.name] = nil
            family.series[key] = series
            families[definition.name] = family
            return series
        }
    }

    private func replace(
        _ definition: any MetricDefinition, kind: MetricFamily.Kind, _ labels: [String],
        with series: MetricFamily.Series
    ) {
        families.withLock { families in
            var family = families[definition.name] ?? MetricFamily(definition, kind: kind)
            guard family.kind == kind else { return }
            family.series[family.key(for: labels)] = series
            families[definition.name] = family
        }
    }
}
