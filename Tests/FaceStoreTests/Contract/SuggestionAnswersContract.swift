import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct SuggestionAnswersContract {
    private static func answer(
        _ subject: SuggestionAnswer.Subject, _ choice: SuggestionAnswer.Choice = .no, after seconds: Double = 0
    ) -> SuggestionAnswer {
        SuggestionAnswer(
            subject: subject, choice: choice, dissimilarity: 0.375,
            answeredAt: SteadyClock.start.addingTimeInterval(seconds))
    }

    private static func pair(_ first: PersonID, _ second: PersonID) -> SuggestionAnswer.Subject {
        .merge(PersonPair(first, second))
    }

    @Test(arguments: Backend.allCases)
    func `Answers are remembered and a later one takes an earlier one's place`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1, 1])
        let ids = people.people
        let answers = people.store.suggestionAnswers
        #expect(try answers.all().isEmpty)
        let later = Self.answer(Self.pair(ids[0], ids[1]), .later, after: 1)
        let mixUp = Self.answer(.mixUp(ids[0], digest: "ab12"), .yes, after: 2)
        let other = Self.answer(.mixUp(ids[0], digest: "cd34"), .no, after: 3)
        for answer in [later, mixUp, other] { try answers.record(answer) }
        #expect(try people.library.elsewhere().suggestionAnswers.all() == [later, mixUp, other])
        let no = Self.answer(Self.pair(ids[1], ids[0]), .no, after: 4)
        try answers.record(no)
        #expect(try answers.all() == [mixUp, other, no])
    }

    @Test(arguments: Backend.allCases)
    func `An answer follows people who are merged and comes back with them`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1, 1, 1])
        let ids = people.people
        let answers = people.store.suggestionAnswers
        let question = Self.answer(Self.pair(ids[0], ids[1]), .later)
        let mixUp = Self.answer(.mixUp(ids[0], digest: "ab"), .later, after: 1)
        try answers.record(question)
        try answers.record(mixUp)
        try people.journal.perform(.merge([ids[0]], into: ids[2]))
        #expect(try answers.all().map(\.subject) == [Self.pair(ids[1], ids[2]), .mixUp(ids[2], digest: "ab")])
        _ = try people.store.faces.apply(GroupingChange(merges: [.init(ids[1], into: ids[3])]))
        #expect(try answers.all().map(\.subject) == [Self.pair(ids[3], ids[2]), .mixUp(ids[2], digest: "ab")])
        try people.journal.undo()
        #expect(try answers.all().map(\.subject) == [Self.pair(ids[3], ids[0]), mixUp.subject])
    }

    @Test(arguments: Backend.allCases)
    func `An answer whose people became one still tells how it was answered`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1])
        let yes = Self.answer(Self.pair(people.people[0], people.people[1]), .yes)
        try people.journal.perform(.merge([people.people[1]], into: people.people[0]))
        try people.store.suggestionAnswers.record(yes)
        #expect(try people.store.suggestionAnswers.all() == [yes])
    }

    @Test(arguments: Backend.allCases)
    func `Answers go with a person who is erased`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1, 1, 1])
        let ids = people.people
        let answers = people.store.suggestionAnswers
        let kept = Self.answer(Self.pair(ids[2], ids[3]))
        for answer in [
            Self.answer(Self.pair(ids[0], ids[2])), Self.answer(Self.pair(ids[3], ids[0])), kept,
            Self.answer(.mixUp(ids[0], digest: "a")), Self.answer(.mixUp(ids[1], digest: "a")),
        ] { try answers.record(answer) }
        try people.journal.perform(.merge([ids[0]], into: ids[1]))
        try people.store.persons.delete(ids[1])
        try people.store.persons.erase(deletedBefore: .distantFuture)
        #expect(try answers.all() == [kept])
    }
}
