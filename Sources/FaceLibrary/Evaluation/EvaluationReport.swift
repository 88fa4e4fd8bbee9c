/// What was measured on a labelled set.
public struct EvaluationReport: Sendable {
    /// Photos that were read, each content once.
    public var photos: Int
    /// Rows of the labels that could not be used.
    public var problems: [LabelProblem]
    /// Files that could not be read, and copies.
    public var leftOut: [AnalyzedSet.LeftOut]
    public var detection: DetectionScore
    /// The way that the library groups first, then the others; empty when no found face has a name.
    public var groupings: [GroupingScore]
    /// The first of `groupings`, with photos coming one at a time; nil when that was not asked for.
    public var orders: OrderScore?
    /// Nil when nobody is on two photos, or only one person is there.
    public var verification: VerificationScore?
    /// Nil when that was not asked for, or there are too few people.
    public var identification: IdentificationScore?

    public init(
        photos: Int, problems: [LabelProblem], leftOut: [AnalyzedSet.LeftOut], detection: DetectionScore,
        groupings: [GroupingScore] = [], orders: OrderScore? = nil, verification: VerificationScore? = nil,
        identification: IdentificationScore? = nil
    ) {
        self.photos = photos
        self.problems = problems
        self.leftOut = leftOut
        self.detection = detection
        self.groupings = groupings
        self.orders = orders
        self.verification = verification
        self.identification = identification
    }
}
