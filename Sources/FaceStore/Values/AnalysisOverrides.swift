/// What an upload asks of the analysis instead of the defaults.
public struct AnalysisOverrides: Sendable, Hashable, Codable {
    /// The smallest face that counts: the shorter side of its box in pixels of the photo. Nil: the default.
    public var minimumSize: Double?
    /// The least detection score of a face that counts. Nil: the default.
    public var minimumScore: Double?

    public init(minimumSize: Double? = nil, minimumScore: Double? = nil) {
        self.minimumSize = minimumSize
        self.minimumScore = minimumScore
    }
}

/// The limits that an analysis really used: faces beyond them were not looked for.
public struct AnalysisLimits: Sendable, Hashable, Codable {
    /// The shorter side of a face's box, in pixels of the photo.
    public var minimumSize: Double
    public var minimumScore: Double

    public init(minimumSize: Double, minimumScore: Double) {
        self.minimumSize = minimumSize
        self.minimumScore = minimumScore
    }

    /// Whether an analysis with these limits found every face that one with the other limits would find.
    public func covers(_ other: AnalysisLimits) -> Bool {
        minimumSize <= other.minimumSize && minimumScore <= other.minimumScore
    }
}
