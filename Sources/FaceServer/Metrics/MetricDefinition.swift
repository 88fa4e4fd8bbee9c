/// A metric by name: what it counts, and by which labels its series are told apart.
public protocol MetricDefinition: Sendable {
    /// `[a-zA-Z_:][a-zA-Z0-9_:]*`, with the unit in it; a counter's ends in `_total`.
    var name: String { get }
    /// One sentence for the exposition.
    var help: String { get }
    /// Names of labels, in the order in which values are given.
    var labels: [String] { get }
}

/// Something that is counted and never goes down while the process lives.
public struct CounterDefinition: MetricDefinition {
    public let name: String
    public let help: String
    public let labels: [String]

    public init(_ name: String, _ help: String, labels: [String] = []) {
        self.name = name
        self.help = help
        self.labels = labels
    }
}

/// Something that has a value at a moment.
public struct GaugeDefinition: MetricDefinition {
    public let name: String
    public let help: String
    public let labels: [String]

    public init(_ name: String, _ help: String, labels: [String] = []) {
        self.name = name
        self.help = help
        self.labels = labels
    }
}

/// How values, mostly seconds, are spread.
public struct HistogramDefinition: MetricDefinition {
    public let name: String
    public let help: String
    public let labels: [String]
    /// Upper bounds, in rising order; one for everything beyond is added.
    public let buckets: [Double]

    public init(_ name: String, _ help: String, labels: [String] = [], buckets: [Double]) {
        precondition(zip(buckets, buckets.dropFirst()).allSatisfy(<), "buckets of \(name) must rise")
        self.name = name
        self.help = help
        self.labels = labels
        self.buckets = buckets
    }
}
