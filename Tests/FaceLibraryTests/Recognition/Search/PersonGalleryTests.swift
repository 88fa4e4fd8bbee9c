import FaceCore
import FaceStore
import Foundation
import Testing

@testable import FaceClustering
@testable import FaceLibrary

@Suite(.timeLimit(.minutes(1))) struct PersonGalleryTests {
    /// Two galleries are the same people with the same means, up to rounding.
    private func expectSame(_ kept: PersonIndex?, _ fresh: PersonIndex?, _ comment: Comment) throws {
        guard let fresh else {
            #expect(kept?.count ?? 0 == 0, comment)
            return
        }
        let kept = try #require(kept)
        #expect(Set(kept.keys) == Set(fresh.keys), comment)
        for person in fresh.keys {
            guard let one = kept.group(for: person), let other = fresh.group(for: person) else { continue }
            #expect(one.count == other.count, comment)
            #expect(zip(one.mean, other.mean).allSatisfy { abs($0 - $1) < 1e-4 }, comment)
        }
    }

    @Test func `A gallery that is kept in step is one that is read anew, whatever was changed`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let colours = [TestLibrary.red, TestLibrary.blue, TestLibrary.green, (250, 250, 10), (10, 250, 250)]
        let photos = (0..<20).map { [colours[$0 % 5], colours[($0 / 5 + $0) % 5]] }
        try await test.work(off: try test.upload(photos))
        let model = try test.models.pack().model
        let options = try test.models.pack().grouping
        let gallery = PersonGallery(store: test.store)
        _ = try gallery.people(model: model, options: options)
        var random = SeededGenerator(seed: 7)
        var done = 0
        for step in 0..<120 {
            let table = try test.store.faces.allEmbeddings(model: model)
            let people = Set(table.persons.compactMap(\.self)).sorted()
            guard let face = table.faces.randomElement(using: &random),
                let person = people.randomElement(using: &random),
                let other = people.randomElement(using: &random)
            else {
                // Everybody was deleted.
                try test.library.undo()
                continue
            }
            let edits: [PersonEdit] = [
                .move([face], to: person), .split([face], name: nil), .merge([other], into: person), .ignore([face]),
                .reject([face], from: person), .confirm([face]), .delete(person),
            ]
            guard let edit = edits.randomElement(using: &random) else { break }
            do {
                if step.isMultiple(of: 4) { try test.library.undo() } else { try test.library.edit(edit) }
                done += 1
            } catch {
                // An edit that makes no sense here changes nothing.
            }
            try expectSame(
                try gallery.people(model: model, options: options),
                try PersonGallery(store: test.store).people(model: model, options: options), "step \(step)")
        }
        #expect(done > 40)
        try await test.work(off: try test.upload([[TestLibrary.red], [TestLibrary.green]], seed: 90))
        try expectSame(
            try gallery.people(model: model, options: options),
            try PersonGallery(store: test.store).people(model: model, options: options), "after another upload")
    }

    @Test func `Weak faces count only where there are no others`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red], [TestLibrary.red], [TestLibrary.blue]]))
        let model = try test.models.pack().model
        var options = try test.models.pack().grouping
        options.strength = FaceStrengthRule(
            minimumSide: 1_000_000, minimumScore: 0, minimumSharpness: 0, minimumVisibleShare: 0)
        let weak = try #require(try PersonGallery(store: test.store).people(model: model, options: options))
        #expect(weak.groups.map(\.count).sorted() == [1, 2])
        let faces = try test.store.faces.allEmbeddings(model: model)
        let gallery = PersonGallery(store: test.store)
        _ = try gallery.people(model: model, options: options)
        let owner = try #require(faces.persons[0])
        try test.library.edit(.move([faces.faces[2]], to: owner))
        let after = try gallery.people(model: model, options: options)
        let count = faces.persons.count { $0 == owner } + (faces.persons[2] == owner ? 0 : 1)
        #expect(after?.group(for: .person(owner))?.count == count)
    }
}
