import FaceCore
import FaceStore
import Testing

/// A store against `PeopleModel`, the rules on plain dictionaries.
@Suite struct RandomOperationsContract {
    @Test func `Ten thousand random operations leave what the rules say`() throws {
        try ComparedLibrary(seed: 4, on: .memory).run(10_000)
    }

    @Test func `A library on disk follows the same rules`() throws {
        try ComparedLibrary(seed: 5, on: .file).run(150)
    }

    @Test(arguments: Backend.allCases, [1, 2, 3])
    func `Undoing everything leads back to the start and redoing it to the end`(backend: Backend, seed: Int) throws {
        let people = try PeopledLibrary(backend, [4, 3, 3, 2, 1, 1], unknown: 4)
        let compared = ComparedLibrary(people.store, seed: UInt64(seed))
        try compared.adopt(people)
        let start = try people.dump()
        var ends: [String] = []
        while ends.count < 60 {
            let edit = compared.drawEdit()
            guard try compared.perform(edit) else { continue }
            ends.append(try people.dump())
        }
        for end in ends.reversed() {
            #expect(try people.dump() == end)
            try people.journal.undo()
        }
        #expect(try people.dump() == start)
        #expect(throws: FaceStoreError.nothingToUndo) { try people.journal.undo() }
        for end in ends {
            try people.journal.redo()
            #expect(try people.dump() == end)
        }
        #expect(throws: FaceStoreError.nothingToRedo) { try people.journal.redo() }
    }
}
