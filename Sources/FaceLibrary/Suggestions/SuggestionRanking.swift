import FaceCore
import FaceStore

/// Which questions are asked, and in which order: those that would set most faces right first.
struct SuggestionRanking {
    let confidence: SuggestionConfidence
    private var choices: [SuggestionAnswer.Subject: SuggestionAnswer.Choice] = [:]

    init(threshold: Double, answers: [SuggestionAnswer]) {
        confidence = SuggestionConfidence(threshold: threshold, answers: answers)
        for answer in answers { choices[answer.subject] = answer.choice }
    }

    struct Ranked {
        let candidate: SuggestionCandidate
        /// That the answer is yes.
        let confidence: Double
        let isPutOff: Bool
    }

    /// Questions that were refused are left out, those that were put off come last; within each the most faces set right
    /// times the probability of a yes come first.
    func ranked(_ candidates: [SuggestionCandidate]) -> [Ranked] {
        candidates.compactMap { candidate -> Ranked? in
            let choice = choices[candidate.subject]
            guard choice != .no else { return nil }
            let same = confidence.samePerson(at: candidate.dissimilarity)
            let isMerge = if case .merge = candidate.subject { true } else { false }
            return Ranked(
                candidate: candidate, confidence: isMerge ? same : 1 - same, isPutOff: choice == .later)
        }.sorted { first, second in
            if first.isPutOff != second.isPutOff { return second.isPutOff }
            let (left, right) = (first.worth, second.worth)
            if left != right { return left > right }
            return first.candidate.subject.name < second.candidate.subject.name
        }
    }
}

extension SuggestionRanking.Ranked {
    var worth: Double { Double(candidate.gain) * confidence }
}
