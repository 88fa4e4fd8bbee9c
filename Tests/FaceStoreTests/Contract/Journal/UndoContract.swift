import FaceCore
import FaceStore
import Foundation
import Testing

/// Undo and redo of each kind of edit, on a library that was opened anew in between.
@Suite struct UndoContract {
    /// Edits of a library with people of 3, 2, 1 faces and two unknown ones, by the name of their kind.
    static let edits: [(name: String, edit: @Sendable (PeopledLibrary) throws -> PersonEdit)] = [
        ("rename", { .rename($0.people[0], to: "Анна") }),
        (
            "describe",
            {
                .describe(
                    $0.people[0],
                    PersonDescription(
                        note: .set("two\nlines"), birthDate: .set(try #require(CalendarDate("1990-02-28"))),
                        cover: .set($0.faces[1]), isHidden: true))
            }
        ),
        ("merge", { .merge([$0.people[1], $0.people[2]], into: $0.people[0]) }),
        ("split", { .split([$0.faces[0], $0.faces[2]], name: "Eve") }),
        ("move one's last face", { .move([$0.faces[5], $0.faces[3]], to: $0.people[0]) }),
        ("move an unknown face", { .move([$0.faces[6]], to: $0.people[2]) }),
        ("reject", { .reject([$0.faces[0]], from: $0.people[0]) }),
        ("reject the last face", { .reject([$0.faces[5]], from: $0.people[2]) }),
        ("confirm", { .confirm([$0.faces[0], $0.faces[4]]) }),
        ("ignore", { .ignore([$0.faces[5], $0.faces[6]]) }),
        ("add a face", { .addFace(Sample.drawn(on: try #require(try $0.photo(of: 0)))) }),
        (
            "add a person's face",
            { .addFace(Sample.drawn(on: try #require(try $0.photo(of: 0)), person: $0.people[1])) }
        ),
        ("separate", { .separate($0.people[2], $0.people[0]) }),
        ("delete", { .delete($0.people[1]) }),
        (
            "apply a draft",
            {
                .apply(
                    DraftPlacement(
                        groups: [
                            .init(person: $0.people[0], faces: [$0.faces[0], $0.faces[3], $0.faces[4]]),
                            .init(person: nil, faces: [$0.faces[1], $0.faces[6]]),
                        ], unknown: [$0.faces[5]], model: Sample.model))
            }
        ),
    ]

    @Test(arguments: Backend.allCases, edits.map(\.name))
    func `Every edit is taken back to the letter and brought back to the letter`(
        backend: Backend, name: String
    ) throws {
        let people = try PeopledLibrary(backend, [3, 2, 1], unknown: 2)
        let edit = try #require(Self.edits.first { $0.name == name }).edit(people)
        let start = try people.dump()
        let done = try people.journal.perform(edit)
        let end = try people.dump()
        #expect(start != end && done.entry.state == .done)

        let undone = try people.library.elsewhere().journal.undo(done.entry.id)
        #expect(try people.dump() == start)
        #expect(undone.entry.state == .undone && undone.entry.id == done.entry.id)
        #expect(undone.created == done.removed && undone.removed == done.created)
        let redone = try people.library.elsewhere().journal.redo()
        #expect(try people.dump() == end)
        #expect(redone.entry == done.entry && redone.persons == done.persons)
        #expect(redone.created == done.created && redone.removed == done.removed)
        #expect(redone.addedFaces == done.addedFaces)
        try people.journal.undo()
        #expect(try people.dump() == start)
    }
}
