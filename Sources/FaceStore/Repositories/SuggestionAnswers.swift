/// How users answered suggestions: what was refused is not asked again, and answers say how sure the next question is.
///
/// Answers that go with a person, as she is erased or merged, are dropped or passed on as separations are.
public protocol SuggestionAnswers: Sendable {
    /// Remembers an answer; a later one to the same question takes its place.
    func record(_ answer: SuggestionAnswer) throws(FaceStoreError)

    /// Every answer, oldest first.
    func all() throws(FaceStoreError) -> [SuggestionAnswer]
}
