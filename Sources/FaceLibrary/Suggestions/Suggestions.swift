public import FaceCore
public import FaceStore
public import Foundation
import Synchronization

/// The questions that a library has for its users, and their answers.
///
/// What there is to ask is found when somebody asks and kept until people change; a search takes some seconds on a large
/// library, never more than its budget allows, and is made by one thread at a time. Calls block.
public final class Suggestions: Sendable {
    private let library: Library
    private let models: AnalysisModels
    private let clock: @Sendable () -> Date
    private let known = Mutex<Known?>(nil)

    /// What was found, and what it rests on.
    private struct Known {
        var version: Int64
        var options: GroupingOptions
        var found: [SuggestionSearch.Found]
    }

    /// - Parameters:
    ///   - models: the pack in use: its metric and threshold say what is near.
    ///   - clock: gives the present moment.
    public init(library: Library, models: AnalysisModels, clock: @escaping @Sendable () -> Date = { Date() }) {
        self.library = library
        self.models = models
        self.clock = clock
    }

    /// The questions that would set most faces right, at most `limit`; those that were put off last.
    ///
    /// - Throws: `FaceStoreError`, and what looking for the pack throws.
    public func list(limit: Int) throws -> [PersonSuggestion] {
        Array(try all().prefix(max(limit, 0)))
    }

    /// Answers a question: "yes" merges or splits, "no" separates the two, or confirms all faces of the person, for ever;
    /// "later" puts it to the end.
    ///
    /// - Parameter expected: the revisions that the user saw; people who are not named in it are not checked.
    /// - Returns: what the edit did; nil for "later".
    /// - Throws: `LibraryError.unknownSuggestion` when it is not asked any more; `FaceStoreError` as the edit does.
    @discardableResult
    public func answer(
        _ id: String, _ choice: SuggestionAnswer.Choice, expecting expected: [PersonID: JournalEntry.ID] = [:]
    ) throws -> EditResult? {
        guard let suggestion = try all().first(where: { $0.id == id }) else {
            throw LibraryError.unknownSuggestion(id)
        }
        var result: EditResult?
        if let edit = try edit(for: suggestion, choice) {
            result = try library.store.journal.perform(edit, expecting: expected)
            library.changed(.people, .photos)
            library.statsChanged()
        }
        try library.store.suggestionAnswers.record(
            SuggestionAnswer(
                subject: suggestion.subject, choice: choice, dissimilarity: suggestion.dissimilarity,
                answeredAt: clock()))
        return result
    }

    private func edit(for suggestion: PersonSuggestion, _ choice: SuggestionAnswer.Choice) throws -> PersonEdit? {
        switch (suggestion.subject, choice) {
        case (_, .later): return nil
        case (.merge(let pair), .yes):
            let people = try [pair.lower, pair.higher].compactMap { try library.store.persons.person($0) }
            // Who has a name goes on, else who has more faces.
            let into = people.max {
                ($0.name == nil ? 0 : 1, $0.faceCount, $1.id) < ($1.name == nil ? 0 : 1, $1.faceCount, $0.id)
            }
            guard let into else { throw LibraryError.unknownSuggestion(suggestion.id) }
            return .merge([into.id == pair.lower ? pair.higher : pair.lower], into: into.id)
        case (.merge(let pair), .no): return .separate(pair.lower, pair.higher)
        case (.mixUp, .yes): return .split(suggestion.splitOff, name: nil)
        case (.mixUp(let person, _), .no):
            return .confirm(try library.store.faces.faces(of: person).map(\.id))
        }
    }

    private func all() throws -> [PersonSuggestion] {
        let options = try models.pack().grouping
        let found = try found(options: options, model: models.pack().model)
        let ranking = SuggestionRanking(
            threshold: options.linkageThreshold, answers: try library.store.suggestionAnswers.all())
        let examples = Dictionary(found.map { ($0.candidate.subject, $0) }) { first, _ in first }
        return ranking.ranked(found.map(\.candidate)).compactMap { ranked in
            examples[ranked.candidate.subject].map { PersonSuggestion(ranked, $0, metric: options.metric) }
        }
    }

    private func found(options: GroupingOptions, model: ModelID) throws -> [SuggestionSearch.Found] {
        try known.withLock { known in
            // Asked for before reading: what changes in between makes the next one look again.
            let version = try library.store.peopleVersion()
            if let known, known.version == version, known.options == options { return known.found }
            let table = try library.store.faces.allEmbeddings(model: model)
            let found = SuggestionSearch(options: options).candidates(
                in: table, constraints: try library.store.journal.constraints())
            known = Known(version: version, options: options, found: found)
            return found
        }
    }
}

extension PersonSuggestion {
    fileprivate init(_ ranked: SuggestionRanking.Ranked, _ found: SuggestionSearch.Found, metric: Metric) {
        let dissimilarity = ranked.candidate.dissimilarity
        self.init(
            subject: ranked.candidate.subject,
            sides: zip(ranked.candidate.sides, found.examples).map {
                Side(person: $0.person, faceCount: $0.rows.count, examples: $1)
            },
            splitOff: found.splitOff, dissimilarity: dissimilarity,
            similarity: 1 - (metric == .cosine ? dissimilarity : dissimilarity.squareRoot()),
            confidence: ranked.confidence, isPutOff: ranked.isPutOff)
    }
}
