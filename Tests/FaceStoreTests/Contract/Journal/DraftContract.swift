import FaceCore
import FaceStore
import Foundation
import Testing

/// Drafts that are applied, and why they may be stale.
@Suite struct DraftContract {
    private func draft(
        _ groups: [(PersonID?, [FaceID])], unknown: [FaceID] = [], model: ModelID = Sample.model
    ) -> PersonEdit {
        .apply(
            DraftPlacement(
                groups: groups.map { .init(person: $0.0, faces: $0.1) }, unknown: unknown, model: model))
    }

    @Test(arguments: Backend.allCases)
    func `Faces go where a draft says and those that came later stay`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [3, 2, 1], unknown: 2)
        let (faces, ids) = (people.faces, people.people)
        try people.journal.perform(.confirm([faces[0]]))
        let later = try people.store.recordFaces(1, onPhoto: 900)
        _ = try people.store.faces.apply(GroupingChange(joined: [ids[1]: later]))
        let applied = try people.journal.perform(
            draft(
                [(ids[0], [faces[0], faces[3], faces[4]]), (nil, [faces[1], faces[6]]), (nil, [])], unknown: [faces[5]])
        )
        let new = try #require(applied.created.first)
        #expect(applied.removed == [ids[2]] && applied.created.count == 1 && applied.entry.kind == .applyDraft)
        #expect(applied.entry.faceCount == 5)
        let owners = try faces.indices.map { try people.owner($0) }
        #expect(owners == [ids[0], new, ids[0], ids[0], ids[0], nil, new, nil])
        #expect(try people.store.faces.face(later[0])?.person == ids[1])
        #expect(try people.isPlaced(0) && !people.isPlaced(3), "what a draft says is the machine's word")
        #expect(try people.store.persons.person(new)?.revision == applied.entry.id)
        #expect(try people.journal.constraints().settled == [ids[0]])
    }

    @Test(arguments: Backend.allCases)
    func `What was said of somebody holds for whom a draft makes of her`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1, 1, 1], unknown: 1)
        let (faces, ids) = (people.faces, people.people)
        try people.journal.perform(.move([faces[3]], to: ids[0]))
        try people.journal.perform(.reject([faces[3]], from: ids[0]))
        try people.journal.perform(.separate(ids[0], ids[2]))
        let applied = try people.journal.perform(draft([(ids[1], [faces[0], faces[1]])]))
        #expect(applied.removed == [ids[0]])
        let constraints = try people.journal.constraints()
        #expect(constraints.rejections == [faces[3]: [ids[1]]])
        #expect(constraints.separations == [PersonPair(ids[1], ids[2])])
    }

    static let stale: [(name: String, make: @Sendable (PeopledLibrary) throws -> DraftPlacement)] = [
        (
            "a placed face moves",
            { people in
                try people.journal.perform(.confirm([people.faces[0]]))
                return DraftPlacement(
                    groups: [.init(person: people.people[1], faces: [people.faces[0]])], model: Sample.model)
            }
        ),
        (
            "a placed face becomes unknown",
            { people in
                try people.journal.perform(.confirm([people.faces[0]]))
                return DraftPlacement(groups: [], unknown: [people.faces[0]], model: Sample.model)
            }
        ),
        (
            "an ignored face is grouped",
            { people in
                try people.journal.perform(.ignore([people.faces[0]]))
                return DraftPlacement(groups: [.init(person: nil, faces: [people.faces[0]])], model: Sample.model)
            }
        ),
        (
            "a face comes back to whom it was rejected from",
            { people in
                try people.journal.perform(.reject([people.faces[0]], from: people.people[0]))
                return DraftPlacement(
                    groups: [.init(person: people.people[0], faces: [people.faces[0]])], model: Sample.model)
            }
        ),
        (
            "somebody becomes one with whom a face of hers was rejected from",
            { people in
                try people.journal.perform(.reject([people.faces[0]], from: people.people[0]))
                _ = try people.store.faces.apply(GroupingChange(joined: [people.people[1]: [people.faces[0]]]))
                return DraftPlacement(
                    groups: [.init(person: people.people[1], faces: [people.faces[1]])], model: Sample.model)
            }
        ),
        (
            "two who are separated become one",
            { people in
                try people.journal.perform(.separate(people.people[0], people.people[1]))
                return DraftPlacement(
                    groups: [.init(person: people.people[0], faces: people.faces)], model: Sample.model)
            }
        ),
        (
            "two who are separated become one new person",
            { people in
                try people.journal.perform(.separate(people.people[0], people.people[1]))
                return DraftPlacement(groups: [.init(person: nil, faces: people.faces)], model: Sample.model)
            }
        ),
        (
            "it goes on with somebody who was deleted",
            { people in
                try people.journal.perform(.delete(people.people[0]))
                return DraftPlacement(
                    groups: [.init(person: people.people[0], faces: [people.faces[2]])], model: Sample.model)
            }
        ),
        (
            "it goes on with somebody who was merged away",
            { people in
                try people.journal.perform(.merge([people.people[1]], into: people.people[0]))
                return DraftPlacement(
                    groups: [.init(person: people.people[1], faces: [people.faces[2]])], model: Sample.model)
            }
        ),
        (
            "it goes on twice with the same person",
            { people in
                DraftPlacement(
                    groups: [
                        .init(person: people.people[0], faces: [people.faces[2]]),
                        .init(person: people.people[0], faces: []),
                    ], model: Sample.model)
            }
        ),
        (
            "a face goes to two places",
            { people in
                DraftPlacement(
                    groups: [.init(person: people.people[0], faces: [people.faces[2]])], unknown: [people.faces[2]],
                    model: Sample.model)
            }
        ),
    ]

    @Test(arguments: Backend.allCases, stale.map(\.name))
    func `A draft that contradicts users is stale`(backend: Backend, name: String) throws {
        let people = try PeopledLibrary(backend, [2, 1])
        let draft = try #require(Self.stale.first { $0.name == name }).make(people)
        let before = try people.dump()
        #expect(throws: FaceStoreError.staleDraft) { try people.journal.perform(.apply(draft)) }
        #expect(try people.dump() == before)
    }

    @Test(arguments: Backend.allCases)
    func `A draft does not mind what users said that agrees with it and photos that went`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1, 1])
        let (faces, ids) = (people.faces, people.people)
        try people.journal.perform(.move([faces[2]], to: ids[0]))
        try people.journal.perform(.rename(ids[0], to: "Anna"))
        try people.store.photos.forget(try #require(try people.photo(of: 1)))
        try people.journal.perform(draft([(ids[0], Array(faces[0...3]))]))
        #expect(try people.person(0)?.faceCount == 3 && people.isPlaced(2))
    }

    // MARK: Another model

    private func embedAnew(_ people: PeopledLibrary) throws {
        var last: FaceID?
        while true {
            let faces = try people.store.faces.faces(without: Sample.otherModel, after: last, limit: 2)
            guard let next = faces.last else { return }
            last = next.id
            try people.store.faces.addEmbeddings(
                model: Sample.otherModel,
                faces.map { ($0.id, Embedding(model: Sample.otherModel, vector: [Float($0.id.rawValue), 1, 2])) })
        }
    }

    @Test(arguments: Backend.allCases)
    func `A library changes over to another model with a draft and back with its undo`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1], unknown: 1)
        let (store, faces, ids) = (people.store, people.faces, people.people)
        try people.journal.perform(.ignore([faces[3]]))
        try people.journal.perform(.delete(ids[1]))
        try embedAnew(people)
        #expect(try store.faces.faces(without: Sample.otherModel, after: nil, limit: 9).isEmpty)
        #expect(try store.embeddingModel() == Sample.model, "the old embeddings serve until then")
        #expect(try store.faces.face(faces[0])?.embedding.model == Sample.model)
        #expect(try store.faces.allEmbeddings(model: Sample.otherModel).faces == [faces[0], faces[1]])
        let late = try store.recordFaces(1, onPhoto: 950)
        let before = try people.dump()
        let version = try store.peopleVersion()

        try people.journal.perform(draft([], model: Sample.otherModel))
        let elsewhere = try people.library.elsewhere()
        #expect(try elsewhere.embeddingModel() == Sample.otherModel)
        #expect(
            try elsewhere.faces.face(faces[0])?.embedding == Embedding(model: Sample.otherModel, vector: [1, 1, 2]))
        #expect(try elsewhere.faces.face(late[0])?.embedding.model == Sample.model, "it is seen as it was until then")
        #expect(try elsewhere.faces.faces(without: Sample.otherModel, after: nil, limit: 9).map(\.id) == late)
        #expect(try elsewhere.faces.changes(since: version, model: Sample.otherModel) == nil, "all is to be read anew")
        #expect(throws: FaceStoreError.modelMismatch(library: Sample.otherModel, pack: Sample.model)) {
            try store.recordFaces(1, onPhoto: 951)
        }
        #expect(throws: FaceStoreError.dimensionMismatch(expected: 3, found: 8)) {
            try store.photos.record(
                Sample.photo(951, model: Sample.otherModel), at: nil, faces: [Sample.face(1, model: Sample.otherModel)])
        }

        try people.journal.undo()
        #expect(try people.dump() == before && store.embeddingModel() == Sample.model)
        try people.journal.redo()
        try embedAnew(people)
        #expect(try store.faces.face(late[0])?.embedding.model == Sample.otherModel)
        #expect(try store.persons.restore(ids[1]).faceCount == 1)
        #expect(try store.faces.faces(of: ids[1]).map(\.embedding.model) == [Sample.otherModel])
        #expect(try !people.dump().contains("\"\(Sample.model)\""))
    }

    @Test(arguments: Backend.allCases)
    func `Without the old embeddings a library does not go back`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2])
        let store = people.store
        try people.journal.perform(.rename(people.people[0], to: "Anna"))
        try embedAnew(people)
        #expect(throws: FaceStoreError.modelInUse(Sample.model)) { try store.faces.dropEmbeddings(model: Sample.model) }
        let applied = try people.journal.perform(draft([], model: Sample.otherModel))
        let late = try store.photos.record(
            Sample.photo(960, model: Sample.otherModel), at: nil,
            faces: [Sample.face(5, model: Sample.otherModel, dimension: 3)]
        ).faces[0]
        #expect(try store.faces.dropEmbeddings(model: Sample.model) == 2)
        #expect(try store.faces.dropEmbeddings(model: Sample.model) == 0)
        #expect(try store.faces.allEmbeddings(model: Sample.model).count == 0)
        #expect(try store.faces.allEmbeddings(model: Sample.otherModel).faces == people.faces + [late.id])
        let undone = try people.journal.undo()
        #expect(undone.entry.kind == .rename, "the change of the model is passed over")
        #expect(
            try people.journal.entries(after: nil, limit: 9).elements.first { $0.id == applied.entry.id }?.state
                == .closed)
        #expect(try store.embeddingModel() == Sample.otherModel)
    }

    @Test(arguments: Backend.allCases)
    func `A dropped draft leaves nothing`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2])
        let before = try people.dump()
        try embedAnew(people)
        #expect(try people.store.faces.dropEmbeddings(model: Sample.otherModel) == 2)
        #expect(try people.dump() == before)
        #expect(throws: FaceStoreError.modelMismatch(library: Sample.model, pack: Sample.otherModel)) {
            try people.journal.perform(draft([], model: Sample.otherModel))
        }
    }

    @Test(arguments: Backend.allCases)
    func `Embeddings that cannot be are refused`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2])
        let faces = people.store.faces
        let other = Sample.otherModel
        func add(_ vectors: [[Float]], as model: ModelID) throws {
            try faces.addEmbeddings(
                model: other, zip(people.faces, vectors).map { ($0, Embedding(model: model, vector: $1)) })
        }
        #expect(throws: FaceStoreError.modelMismatch(library: other, pack: Sample.model)) {
            try add([[1]], as: Sample.model)
        }
        #expect(throws: FaceStoreError.dimensionMismatch(expected: 2, found: 1)) { try add([[1, 2], [1]], as: other) }
        #expect(throws: FaceStoreError.invalidFace) { try add([[1, 2], [1, .nan]], as: other) }
        #expect(throws: FaceStoreError.invalidFace) { try add([[]], as: other) }
        #expect(try faces.faces(without: other, after: nil, limit: 9).count == 2, "all or none")
        try faces.addEmbeddings(model: other, [(FaceID(99), Embedding(model: other, vector: [1]))])
        try add([[1, 2], [3, 4]], as: other)
        try add([[5, 6]], as: other)
        #expect(try faces.allEmbeddings(model: other).values == [5, 6, 3, 4])
    }

    @Test(arguments: Backend.allCases)
    func `A photo that was left behind changes over when it is analysed anew`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [1])
        let store = people.store
        try embedAnew(people)
        let behind = try store.photos.record(Sample.photo(7), at: nil, faces: Sample.spread(0..<2))
        try people.journal.perform(draft([], model: Sample.otherModel))
        try store.upload([7])
        let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
        var photo = Sample.photo(7, model: Sample.otherModel)
        photo.contentHash = claim.file.contentHash
        let faces = Sample.spread(0..<3).map { face in
            AnalyzedFace(
                face: face.face, embedding: Embedding(model: Sample.otherModel, vector: [Float(face.face.box.x), 0, 0]))
        }
        try store.queue.finish(claim, .analyzed(photo, faces))
        let stored = try store.faces.faces(on: behind.photo.id)
        #expect(stored.map(\.id).prefix(2) == behind.faces.map(\.id)[...] && stored.count == 3)
        #expect(stored.map(\.embedding.vector) == [[0, 0, 0], [100, 0, 0], [200, 0, 0]])
        #expect(try store.photos.photo(behind.photo.id)?.state == .analyzed(model: Sample.otherModel))
    }
}
