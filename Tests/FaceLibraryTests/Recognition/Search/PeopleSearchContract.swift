import FaceClustering
import FaceCore
import FaceStore
import Testing

@testable import FaceLibrary

/// What holds of a search for people, wherever they are searched.
@Suite(.timeLimit(.minutes(2))) struct PeopleSearchContract {
    @Test(arguments: SearchKind.allCases, [Metric.cosine, .euclidean])
    func `The nearest people are those by the mean over all of their faces`(
        kind: SearchKind, metric: Metric
    ) throws {
        let library = try SearchedLibrary(kind, (0..<30).map { 1 + $0 % 4 }, metric: metric)
        for centre in library.centres {
            let face = library.face(near: centre)
            try library.expectSame(face, limit: 5, "five")
            try library.expectSame(face, limit: 1, "one")
            try library.expectSame(face, limit: 100, "everybody")
        }
        #expect(try library.nearest(to: library.centres[0], limit: 0).isEmpty)
    }

    @Test(arguments: SearchKind.allCases)
    func `A search sees whatever was changed before it`(kind: SearchKind) throws {
        let library = try SearchedLibrary(kind, (0..<12).map { 2 + $0 % 3 })
        var random = SeededGenerator(seed: 11)
        var done = 0
        for step in 0..<60 {
            let table = try library.store.faces.allEmbeddings(model: SearchedLibrary.model)
            let people = Set(table.persons.compactMap(\.self)).sorted()
            guard let face = table.faces.randomElement(using: &random),
                let person = people.randomElement(using: &random), let other = people.randomElement(using: &random)
            else { break }
            let edits: [PersonEdit] = [
                .move([face], to: person), .split([face], name: nil), .merge([other], into: person), .ignore([face]),
                .reject([face], from: person), .delete(person),
            ]
            guard let edit = edits.randomElement(using: &random) else { break }
            do {
                if step.isMultiple(of: 4) {
                    _ = try library.store.journal.undo()
                } else if step.isMultiple(of: 7) {
                    try library.add(2)
                } else {
                    _ = try library.store.journal.perform(edit)
                }
                done += 1
            } catch {
                // An edit that makes no sense here changes nothing.
            }
            try library.expectSame(library.face(near: library.centres[step % 12]), limit: 6, "step \(step)")
        }
        #expect(done > 25)
    }

    @Test(arguments: SearchKind.allCases)
    func `Only those of a collection are found where it is searched`(kind: SearchKind) throws {
        let library = try SearchedLibrary(kind, (0..<20).map { 1 + $0 % 3 })
        let members = Set(library.people.prefix(7))
        let scope = CollectionScope(collection: nil, members: members)
        for centre in library.centres {
            try library.expectSame(library.face(near: centre), limit: 3, among: scope, "three of seven")
        }
        #expect(try library.nearest(to: library.centres[0], limit: 20, among: scope).count == 7)
        let nobody = CollectionScope(collection: nil, members: [])
        #expect(try library.nearest(to: library.centres[0], limit: 20, among: nobody).isEmpty)
    }

    @Test(arguments: SearchKind.allCases)
    func `Weak faces count only where there are no others`(kind: SearchKind) throws {
        let library = try SearchedLibrary(kind, [2, 2], weakSide: 40)
        try library.add(2, side: 20)
        let weak = try library.record(library.centres[1], side: 20)
        _ = try library.store.journal.perform(.move([weak], to: library.people[0]))
        for centre in library.centres { try library.expectSame(centre, limit: 3, "three") }
        let group = try library.search.group(
            of: library.people[0], model: SearchedLibrary.model, options: library.options)
        #expect(group?.count == 2)
    }

    @Test(arguments: SearchKind.allCases)
    func `Somebody without a face is nobody, and in an empty library there is nobody`(kind: SearchKind) throws {
        let library = try SearchedLibrary(kind, [])
        #expect(try library.nearest(to: [Float](repeating: 0.25, count: 16), limit: 3).isEmpty)
        let group = try library.search.group(
            of: PersonID(1), model: SearchedLibrary.model, options: library.options)
        #expect(group == nil)
        try library.add(1)
        try library.prepare()
        #expect(try library.nearest(to: library.centres[0], limit: 3).map(\.person) == library.people)
    }

    @Test(arguments: SearchKind.allCases)
    func `One person with very many near faces hides nobody`(kind: SearchKind) throws {
        let library = try SearchedLibrary(kind, [150, 1, 1])
        try library.expectSame(library.face(near: library.centres[0]), limit: 3, "three")
    }
}
