/// How users answered suggestions: what was refused is not asked again, and answers say how sure the next question is.
///
/// An answer goes with a person who is erased. Where somebody was merged into another one, it is told of that other one;
/// a question whose two people have become one stays as it was asked, for it tells how answers go at that similarity.
public protocol SuggestionAnswers: Sendable {
    /// Remembers an answer; a later one to the same question takes its place.
    func record(_ answer: SuggestionAnswer) throws(FaceStoreError)

    /// Every answer, oldest first.
    func all() throws(FaceStoreError) -> [SuggestionAnswer]
}
