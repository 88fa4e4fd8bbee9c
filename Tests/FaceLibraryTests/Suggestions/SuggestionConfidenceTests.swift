import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

@Suite struct SuggestionConfidenceTests {
    private func merge(_ choice: SuggestionAnswer.Choice, at dissimilarity: Double) -> SuggestionAnswer {
        SuggestionAnswer(
            subject: .merge(PersonPair(PersonID(1), PersonID(2))), choice: choice, dissimilarity: dissimilarity,
            answeredAt: Date(timeIntervalSince1970: 0))
    }

    private func mixUp(_ choice: SuggestionAnswer.Choice, at dissimilarity: Double) -> SuggestionAnswer {
        SuggestionAnswer(
            subject: .mixUp(PersonID(1), digest: "0"), choice: choice, dissimilarity: dissimilarity,
            answeredAt: Date(timeIntervalSince1970: 0))
    }

    @Test func `Before any answer the threshold is where yes and no are as likely`() {
        let confidence = SuggestionConfidence(threshold: 0.6, answers: [])
        #expect(confidence.middle == 0.6 && confidence.samePerson(at: 0.6) == 0.5)
        #expect(confidence.samePerson(at: 0.5) > 0.8 && confidence.samePerson(at: 0.7) < 0.2)
    }

    @Test func `Answers move the middle to where users draw the line, many more than few`() {
        let few = SuggestionConfidence(threshold: 0.6, answers: [merge(.yes, at: 0.7)])
        let many = SuggestionConfidence(
            threshold: 0.6, answers: (0..<50).flatMap { _ in [merge(.yes, at: 0.7), merge(.no, at: 0.74)] })
        #expect(few.middle > 0.6 && few.middle < many.middle)
        #expect(abs(many.middle - 0.72) < 0.01)
        let stricter = SuggestionConfidence(
            threshold: 0.6, answers: (0..<50).flatMap { _ in [merge(.no, at: 0.52), merge(.yes, at: 0.48)] })
        #expect(abs(stricter.middle - 0.5) < 0.02)
    }

    @Test func `A mix-up that is one is an answer that they are two`() {
        let two = SuggestionConfidence(threshold: 0.6, answers: [mixUp(.yes, at: 0.55)])
        let one = SuggestionConfidence(threshold: 0.6, answers: [mixUp(.no, at: 0.65)])
        #expect(two.middle < 0.6 && one.middle > 0.6)
        #expect(SuggestionConfidence(threshold: 0.6, answers: [mixUp(.later, at: 0.1)]).middle == 0.6)
    }

    @Test func `Hundreds of answers on one side end at a number`() {
        let extreme = SuggestionConfidence(threshold: 0.37, answers: (0..<500).map { _ in merge(.yes, at: 3) })
        #expect(extreme.middle.isFinite && extreme.samePerson(at: 3) > 0.5)
        #expect((0...1).contains(extreme.samePerson(at: 4)))
    }
}
