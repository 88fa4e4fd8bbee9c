public import FaceCore
public import Foundation

/// How a user answered a suggestion.
public struct SuggestionAnswer: Sendable, Hashable {
    public enum Choice: String, Sendable, Hashable, Codable, CaseIterable {
        case yes, no, later
    }

    /// What a suggestion is about; the same question has the same subject whenever it is asked.
    public enum Subject: Sendable, Hashable {
        /// Are they the same person?
        case merge(PersonPair)
        /// Is she two? The digest names the faces that would be split off.
        case mixUp(PersonID, digest: String)
    }

    public var subject: Subject
    public var choice: Choice
    /// The mean similarity, or distance, at which it was asked, in the unit of the library's metric.
    public var dissimilarity: Double
    public var answeredAt: Date

    public init(subject: Subject, choice: Choice, dissimilarity: Double, answeredAt: Date) {
        self.subject = subject
        self.choice = choice
        self.dissimilarity = dissimilarity
        self.answeredAt = answeredAt
    }
}
