public import FaceCore
public import FaceStore

/// A question about people that the machine has and a user can answer: are these two the same person, or is this one two?
public struct PersonSuggestion: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Two people look like one.
        case merge
        /// One person looks like two.
        case mixUp = "mix_up"
    }

    /// One of the two that it is about.
    public struct Side: Sendable, Hashable {
        /// For a mix-up both sides are the same person.
        public let person: PersonID
        public let faceCount: Int
        /// Those that stand for the side best, at most four, the most typical one first.
        public let examples: [FaceID]

        public init(person: PersonID, faceCount: Int, examples: [FaceID]) {
            self.person = person
            self.faceCount = faceCount
            self.examples = examples
        }
    }

    /// What it is about; the same question has the same subject, and so the same id, whenever it is asked.
    public let subject: SuggestionAnswer.Subject
    /// The larger one first; of a mix-up the one that stays first.
    public let sides: [Side]
    /// Of a mix-up: the faces that would become a person of their own.
    public let splitOff: [FaceID]
    /// The mean dissimilarity between the two, in the unit of average linkage: the cosine distance or the squared Euclidean.
    public let dissimilarity: Double
    /// The same as people are shown it: one minus the distance in the metric's own unit.
    public let similarity: Double
    /// How likely it is that the answer is yes, 0 to 1.
    public let confidence: Double
    /// A user wants to answer it later.
    public let isPutOff: Bool

    public init(
        subject: SuggestionAnswer.Subject, sides: [Side], splitOff: [FaceID], dissimilarity: Double,
        similarity: Double, confidence: Double, isPutOff: Bool
    ) {
        self.subject = subject
        self.sides = sides
        self.splitOff = splitOff
        self.dissimilarity = dissimilarity
        self.similarity = similarity
        self.confidence = confidence
        self.isPutOff = isPutOff
    }

    public var kind: Kind {
        switch subject {
        case .merge: .merge
        case .mixUp: .mixUp
        }
    }

    /// `merge-12-40`, or `mixup-5-` and the digest of the faces that would be split off.
    public var id: String { subject.name }
}

extension SuggestionAnswer.Subject {
    /// The id of a suggestion about it.
    public var name: String {
        switch self {
        case .merge(let pair): "merge-\(pair.lower)-\(pair.higher)"
        case .mixUp(let person, let digest): "mixup-\(person)-\(digest)"
        }
    }
}
