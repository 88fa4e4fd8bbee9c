import FaceCore
import FaceStore

/// A question as it was found, before answers decide whether and when it is asked.
struct SuggestionCandidate: Sendable, Hashable {
    var subject: SuggestionAnswer.Subject
    /// Two of them; the rows of the table of embeddings.
    var sides: [Side]
    var dissimilarity: Double

    struct Side: Sendable, Hashable {
        var person: PersonID
        var rows: [Int]
    }

    /// How many faces an answer sets right: those of the smaller side.
    var gain: Int { sides.map(\.rows.count).min() ?? 0 }
}
