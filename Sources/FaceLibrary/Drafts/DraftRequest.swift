public import FaceCore

/// How a draft shall group all faces. What is nil is as the server is set up, or as the named pack has it.
public struct DraftRequest: Sendable, Hashable, Codable {
    public var algorithm: GroupingOptions.Algorithm?
    /// The algorithm's threshold: see `GroupingOptions.eps`. 0 to 100.
    public var eps: Double?
    /// 1 to 1000.
    public var minSamples: Int?
    /// 1 to 1000.
    public var minFaces: Int?
    public var metric: Metric?
    /// An installed model pack; with another one than the library's all faces are embedded anew.
    public var pack: String?

    public init(
        algorithm: GroupingOptions.Algorithm? = nil, eps: Double? = nil, minSamples: Int? = nil, minFaces: Int? = nil,
        metric: Metric? = nil, pack: String? = nil
    ) {
        self.algorithm = algorithm
        self.eps = eps
        self.minSamples = minSamples
        self.minFaces = minFaces
        self.metric = metric
        self.pack = pack
    }

    /// The options of a grouping, with what is not asked for taken from a pack.
    ///
    /// - Throws: `LibraryError.badDraft`.
    func options(for pack: AnalysisPack) throws(LibraryError) -> GroupingOptions {
        var options = pack.grouping
        let algorithm = algorithm ?? options.algorithm
        let metric = metric ?? options.metric
        guard let eps = eps ?? pack.eps(for: algorithm, metric: metric, isSet: self.pack == nil) else {
            throw .badDraft(reason: "This algorithm and metric have no threshold of their own here; give one.")
        }
        guard eps.isFinite, eps >= 0, eps <= 100, algorithm != .dbscan || eps > 0 else {
            throw .badDraft(reason: "A threshold is a number above 0 and at most 100.")
        }
        options.algorithm = algorithm
        options.metric = metric
        options.eps = eps
        options.minSamples = minSamples ?? options.minSamples
        options.minFaces = minFaces ?? options.minFaces
        guard (1...1000).contains(options.minSamples), (1...1000).contains(options.minFaces) else {
            throw .badDraft(reason: "The number of faces that make a group is 1 to 1000.")
        }
        return options
    }
}
