import FaceCore
import FaceStore
import Foundation
import Testing

/// When edits are refused; nothing has changed then and the journal is as it was.
@Suite struct EditRefusalContract {
    /// People of 2, 1 and 1 faces, of whom the last is deleted, an unknown face (4) and an ignored one (5).
    private static func library(_ backend: Backend) throws -> PeopledLibrary {
        let people = try PeopledLibrary(backend, [2, 1, 1], unknown: 2)
        _ = try people.journal.perform(.ignore([people.faces[5]]))
        _ = try people.journal.perform(.delete(people.people[2]))
        _ = try people.journal.perform(.confirm([people.faces[0]]))
        _ = try people.journal.perform(.separate(people.people[0], people.people[1]))
        _ = try people.journal.perform(.rename(people.people[0], to: "Anna"))
        _ = try people.journal.undo()
        return people
    }

    typealias Refusal = (PersonEdit, FaceStoreError)

    static let refusals: [(name: String, refusal: @Sendable (PeopledLibrary) throws -> [Refusal])] = [
        (
            "somebody who is not there",
            { people in
                [PersonID(99), people.people[2]].flatMap { (nobody: PersonID) -> [Refusal] in
                    [
                        .rename(nobody, to: "Eve"), .describe(nobody, PersonDescription(isHidden: true)),
                        .merge([nobody], into: people.people[0]), .merge([people.people[0]], into: nobody),
                        .move([people.faces[0]], to: nobody), .reject([people.faces[0]], from: nobody),
                        .separate(people.people[0], nobody), .delete(nobody),
                        .addFace(Sample.drawn(on: PhotoID(1), person: nobody)),
                    ].map { ($0, .unknownPerson(nobody)) }
                } + [(.restore(PersonID(99)), .unknownPerson(PersonID(99)))]
            }
        ),
        (
            "a face that is not there",
            { people in
                [FaceID(99), people.faces[3]].flatMap { (face: FaceID) -> [Refusal] in
                    let faces = [people.faces[0], face]
                    return [
                        .split(faces, name: nil), .move(faces, to: people.people[1]), .confirm(faces), .ignore(faces),
                        .heed(faces), .reject(faces, from: people.people[0]),
                        .describe(people.people[0], PersonDescription(cover: .set(face))),
                    ].map { ($0, .unknownFace(face)) }
                }
            }
        ),
        (
            "a photo that is not there",
            { _ in [(.addFace(Sample.drawn(on: PhotoID(99))), .unknownPhoto(PhotoID(99)))] }
        ),
        (
            "a name or note that cannot be",
            { people in
                [
                    (.rename(people.people[0], to: " \n"), .nameIsEmpty),
                    (.rename(people.people[0], to: String(repeating: "я", count: 256)), .nameIsTooLong(length: 256)),
                    (.rename(people.people[0], to: "a\tb"), .nameHasControlCharacters),
                    (.split([people.faces[1]], name: ""), .nameIsEmpty),
                    (.describe(people.people[0], PersonDescription(name: .set(""), isHidden: true)), .nameIsEmpty),
                    (
                        .describe(
                            people.people[0], PersonDescription(note: .set(String(repeating: "я", count: 10_001)))),
                        .noteIsTooLong(length: 10_001)
                    ),
                ]
            }
        ),
        (
            "a merge with herself",
            { people in
                [
                    (.merge([people.people[0]], into: people.people[0]), .mergeWithSelf(people.people[0])),
                    (
                        .merge([people.people[1], people.people[0]], into: people.people[0]),
                        .mergeWithSelf(people.people[0])
                    ),
                ]
            }
        ),
        (
            "faces of others",
            { people in
                [
                    (
                        .reject([people.faces[0], people.faces[2]], from: people.people[0]),
                        .faceIsNotHers(people.faces[2])
                    ),
                    (.reject([people.faces[4]], from: people.people[0]), .faceIsNotHers(people.faces[4])),
                    (.confirm([people.faces[1], people.faces[4]]), .faceIsNotHers(people.faces[4])),
                    (.confirm([people.faces[5]]), .faceIsNotHers(people.faces[5])),
                    (
                        .describe(people.people[0], PersonDescription(cover: .set(people.faces[2]))),
                        .faceIsNotHers(people.faces[2])
                    ),
                    (.split([people.faces[0], people.faces[2]], name: nil), .cannotSplit),
                    (.split([people.faces[0], people.faces[1]], name: nil), .cannotSplit),
                    (.split([people.faces[2]], name: nil), .cannotSplit),
                    (.split([people.faces[0], people.faces[4]], name: nil), .cannotSplit),
                    (.split([people.faces[0], people.faces[5]], name: nil), .cannotSplit),
                ]
            }
        ),
        (
            "nothing to change",
            { people in
                [
                    .rename(people.people[0], to: nil), .describe(people.people[0], PersonDescription()),
                    .describe(people.people[0], PersonDescription(note: .clear, isHidden: false)),
                    .merge([], into: people.people[0]), .split([], name: "Eve"), .move([], to: people.people[0]),
                    .move([people.faces[0]], to: people.people[0]), .reject([], from: people.people[0]),
                    .confirm([]), .confirm([people.faces[0]]), .ignore([]), .ignore([people.faces[5]]), .heed([]),
                    .heed([people.faces[4]]), .separate(people.people[0], people.people[0]),
                    .separate(people.people[1], people.people[0]), .restore(people.people[0]),
                    .apply(DraftPlacement(groups: [], model: Sample.model)),
                    .apply(
                        DraftPlacement(
                            groups: [.init(person: people.people[0], faces: Array(people.faces[0...1]))],
                            unknown: [people.faces[4], people.faces[5]], model: Sample.model)),
                ].map { ($0, .emptyEdit) }
            }
        ),
        (
            "a face that cannot be",
            { people in
                let photo = try #require(try people.photo(of: 0))
                let boxes = [
                    BoundingBox(x: 640, y: 0, width: 50, height: 50), BoundingBox(x: 5, y: 480, width: 50, height: 50),
                    BoundingBox(x: -60, y: 5, width: 60, height: 50), BoundingBox(x: 5, y: 5, width: 0, height: 50),
                    BoundingBox(x: .nan, y: 5, width: 10, height: 50),
                    BoundingBox(x: 5, y: 5, width: 10, height: .infinity),
                ]
                var refusals: [Refusal] = boxes.map { box in
                    var drawn = Sample.drawn(on: photo)
                    drawn.face.box = box
                    return (.addFace(drawn), .invalidFace)
                }
                var drawn = Sample.drawn(on: photo)
                drawn.embedding = Embedding(model: Sample.otherModel, vector: drawn.embedding.vector)
                refusals.append(
                    (.addFace(drawn), .modelMismatch(library: Sample.model, pack: Sample.otherModel)))
                drawn.embedding = Embedding(model: Sample.model, vector: [1, 2])
                refusals.append((.addFace(drawn), .dimensionMismatch(expected: 8, found: 2)))
                return refusals
            }
        ),
    ]

    @Test(arguments: Backend.allCases, refusals.map(\.name))
    func `What cannot be done is refused and changes nothing`(backend: Backend, name: String) throws {
        let people = try Self.library(backend)
        let before = try people.dump()
        let entries = try people.journal.entries(after: nil, limit: 99)
        for (edit, error) in try #require(Self.refusals.first { $0.name == name }).refusal(people) {
            #expect(throws: error, "\(edit)") { try people.journal.perform(edit) }
        }
        #expect(try people.dump() == before)
        #expect(try people.journal.entries(after: nil, limit: 99) == entries)
        #expect(try people.journal.redo().entry.kind == .rename, "what was undone can still be redone")
    }

    @Test(arguments: Backend.allCases)
    func `A photo that was never analysed takes no face`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let failed = try people.store.photos.recordFailure(Sample.failure(1), at: nil).photo.id
        #expect(throws: FaceStoreError.unknownPhoto(failed)) {
            try people.journal.perform(.addFace(Sample.drawn(on: failed)))
        }
    }

    @Test(arguments: Backend.allCases)
    func `A rename to the name she has leaves no entry`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let her = try people.store.persons.rename(people.people[0], to: "Anna")
        try people.store.persons.rename(people.people[0], to: "Eve")
        _ = try people.journal.undo()
        #expect(try people.store.persons.rename(people.people[0], to: " Anna ") == her)
        #expect(try people.store.persons.restore(people.people[0]) == her)
        #expect(try people.journal.entries(after: nil, limit: 9).elements.map(\.state) == [.undone, .done])
        #expect(try people.journal.redo().persons.map(\.name) == ["Eve"])
    }

    // MARK: Two editors

    @Test(arguments: Backend.allCases)
    func `The second of two editors learns how things are by now`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1])
        let (first, second) = (people.people[0], people.people[1])
        let seen: [PersonID: JournalEntry.ID] = [first: JournalEntry.ID(0), second: JournalEntry.ID(0)]
        let one = try people.journal.perform(.rename(first, to: "Anna"), expecting: seen)
        let other = try people.library.elsewhere().journal
        #expect(throws: FaceStoreError.conflict([first: one.persons[0]])) {
            try other.perform(.rename(first, to: "Eve"), expecting: seen)
        }
        #expect(throws: FaceStoreError.conflict([first: one.persons[0]])) {
            try other.perform(.merge([first], into: second), expecting: seen)
        }
        #expect(
            try people.person(0)?.name == "Anna" && people.journal.entries(after: nil, limit: 9).elements.count == 1)
        try other.perform(.rename(first, to: "Eve"), expecting: [first: one.entry.id, second: JournalEntry.ID(0)])
        try other.undo()
        #expect(try people.person(0)?.revision == one.entry.id, "who saw her then sees her as she was")
        _ = try people.journal.perform(.rename(second, to: "Maria"), expecting: [second: JournalEntry.ID(0)])
    }

    @Test(arguments: Backend.allCases)
    func `Who was deleted or merged away meanwhile is a conflict when she was expected`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1, 1], unknown: 1)
        let ids = people.people
        let zero = JournalEntry.ID(0)
        _ = try people.journal.perform(.merge([ids[1]], into: ids[0]))
        _ = try people.journal.perform(.delete(ids[2]))
        for gone in ids[1...] {
            #expect(throws: FaceStoreError.conflict([gone: nil])) {
                try people.journal.perform(.move([people.faces[3]], to: gone), expecting: [gone: zero])
            }
            #expect(throws: FaceStoreError.unknownPerson(gone)) {
                try people.journal.perform(.move([people.faces[3]], to: gone))
            }
        }
        let back = try people.journal.perform(.restore(ids[2]), expecting: [ids[2]: zero])
        #expect(back.created == [ids[2]] && back.persons[0].revision == back.entry.id)
    }

    @Test(arguments: Backend.allCases)
    func `What the machine does leaves revisions alone`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1], unknown: 1)
        let named = try people.journal.perform(.rename(people.people[0], to: "Anna"))
        _ = try people.store.faces.apply(
            GroupingChange(
                merges: [.init(people.people[1], into: people.people[0])],
                joined: [people.people[0]: [people.faces[2]]]))
        #expect(try people.person(0)?.revision == named.entry.id && people.person(0)?.faceCount == 3)
    }
}
