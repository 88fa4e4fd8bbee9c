import FaceAnalysis
import FaceCore
import FaceStore
import Foundation
import Logging
import Testing

@testable import FaceLibrary

/// Drafts of a library of painted photos, from request to undo.
@Suite struct DraftsTests {
    /// The second pack sees the same faces, its embeddings are of a space of their own.
    private static let otherModel = ModelID("painted/other")

    private func drafts(of library: TestLibrary) throws -> Drafts {
        let packs = DraftPacks { name in
            guard name == "other" else { throw TestLibrary.NoPack() }
            return AnalysisPack(
                name: name, licence: "none", isVerified: true, model: Self.otherModel, detection: DetectionOptions(),
                grouping: GroupingOptions(algorithm: .average, eps: 0.1, metric: .euclidean),
                thresholds: [.average: 0.1, .dbscan: 0.3])
        } load: { _ in
            PaintedFaces.analyzer(model: Self.otherModel)
        }
        return try Drafts(
            library: library.library, models: library.models, packs: packs,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Computes what is asked for.
    private func compute(_ drafts: Drafts, _ request: DraftRequest) async throws -> Draft {
        let draft = try drafts.create(request)
        return try await end(of: draft.id, by: drafts)
    }

    private func end(of id: UUID, by drafts: Drafts) async throws -> Draft {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await drafts.run() }
            while try drafts.draft(id).state == .computing { try await Task.sleep(for: .milliseconds(5)) }
            group.cancelAll()
            try await group.waitForAll()
            return try drafts.draft(id)
        }
    }

    /// Reds of 30 shades.
    private static let reds: [[(UInt8, UInt8, UInt8)]] = (0..<30).map { index in
        let shade = UInt8(index)
        return [(220 + shade, 10 + shade / 2, 10)]
    }

    private func faces(of store: any LibraryStore) throws -> [FaceID: PersonID?] {
        let table = try store.faces.allEmbeddings(model: PaintedFaces.model)
        return Dictionary(uniqueKeysWithValues: zip(table.faces, table.persons))
    }

    @Test func `A person of 30 photos has her name and faces as before when three re-clusterings are undone`()
        async throws
    {
        let library = try TestLibrary()
        defer { library.remove() }
        let store = library.store
        try await library.work(off: library.upload(Self.reds))
        try await library.work(off: library.upload([[TestLibrary.blue], [TestLibrary.blue]], seed: 90))
        let anna = try #require(try store.persons.all().max { $0.faceCount < $1.faceCount })
        #expect(anna.faceCount == 30)
        try library.library.rename(anna.id, to: "Анна")
        let before = try faces(of: store)
        let drafts = try drafts(of: library)

        let requests = [
            DraftRequest(algorithm: .average, eps: 0.0005),
            DraftRequest(algorithm: .dbscan, eps: 0.005, minSamples: 1),
            DraftRequest(algorithm: .hdbscan, eps: 0, minSamples: 3),
        ]
        var changed = 0
        for request in requests {
            let draft = try await compute(drafts, request)
            #expect(draft.state == .ready, "\(draft.failure ?? "")")
            #expect(try faces(of: store) == before || changed > 0, "a draft changes nothing by itself")
            let result = try drafts.apply(draft.id)
            #expect(result.entry.kind == .applyDraft)
            #expect(try drafts.draft(draft.id).state == .applied)
            if try faces(of: store) != before { changed += 1 }
            #expect(try store.persons.person(anna.id)?.name == "Анна", "the name goes with most of her faces")
        }
        #expect(changed == 3, "the settings were chosen to take her apart")
        for _ in requests { try store.journal.undo() }
        #expect(try faces(of: store) == before)
        #expect(try store.persons.person(anna.id)?.name == "Анна")
        #expect(try store.faces.faces(of: anna.id).count == 30)
    }

    @Test func `A draft tells what it would change, and applying it does just that`() async throws {
        let library = try TestLibrary()
        defer { library.remove() }
        try await library.work(off: library.upload(Self.reds))
        let drafts = try drafts(of: library)
        let draft = try await compute(drafts, DraftRequest(eps: 0.0005))
        let difference = try #require(draft.difference)
        #expect(difference.split.count == 1 && difference.movedFaceCount > 0)
        #expect(difference.movedFaceCount == difference.created.reduce(0, +))
        let before = try faces(of: library.store)
        try drafts.apply(draft.id)
        let after = try faces(of: library.store)
        #expect(after.filter { before[$0.key] != .some($0.value) }.count == difference.movedFaceCount)
        #expect(Set(after.values).count == difference.created.count + 1)
    }

    @Test func `A draft that the journal took back says so, until it is brought back`() async throws {
        let library = try TestLibrary()
        defer { library.remove() }
        try await library.work(off: library.upload(Self.reds))
        let drafts = try drafts(of: library)
        let draft = try await compute(drafts, DraftRequest(eps: 0.0005))
        try drafts.apply(draft.id)
        try library.store.journal.undo()
        #expect(try drafts.draft(draft.id).state == .undone && drafts.list().map(\.state) == [.undone])
        #expect(throws: LibraryError.self) { try drafts.apply(draft.id) }
        try library.store.journal.redo()
        #expect(try drafts.draft(draft.id).state == .applied)
        // An edit that comes after closes the entry; what became of the draft is known all the same, by other processes too.
        try library.store.journal.undo()
        drafts.followJournal()
        let person = try #require(try library.store.persons.all().first)
        try library.store.journal.perform(.rename(person.id, to: "Anna"))
        #expect(try drafts.draft(draft.id).state == .undone)
        #expect(try self.drafts(of: library).draft(draft.id).state == .undone)
    }

    @Test func `Photos that came after a draft are grouped when it is applied`() async throws {
        let library = try TestLibrary()
        defer { library.remove() }
        try await library.work(off: library.upload(Array(Self.reds.prefix(4))))
        let drafts = try drafts(of: library)
        let draft = try await compute(drafts, DraftRequest(eps: 0.000001))
        try await library.work(off: library.upload([[TestLibrary.blue]], seed: 90))
        let person = try #require(try library.store.persons.all().first { $0.faceCount == 1 })
        try drafts.apply(draft.id)
        #expect(try library.store.persons.person(person.id)?.faceCount == 1)
        #expect(try library.store.faces.unassignedFaces().isEmpty)
    }

    @Test func `A draft that contradicts a later edit is stale and changes nothing`() async throws {
        let library = try TestLibrary()
        defer { library.remove() }
        try await library.work(off: library.upload(Self.reds))
        let drafts = try drafts(of: library)
        let draft = try await compute(drafts, DraftRequest(eps: 0.0005))
        let person = try #require(try library.store.persons.all().first)
        try library.store.journal.perform(.confirm(try library.store.faces.faces(of: person.id).map(\.id)))
        let before = try faces(of: library.store)
        #expect(throws: FaceStoreError.staleDraft) { try drafts.apply(draft.id) }
        #expect(try faces(of: library.store) == before)
        #expect(try drafts.draft(draft.id).state == .stale)
        #expect(throws: LibraryError.draftNotReady(draft.id.uuidString.lowercased())) {
            try drafts.apply(draft.id)
        }
    }

    @Test func `Drafts outlive the process, computed or not, and are gone when they are dropped`() async throws {
        let library = try TestLibrary()
        defer { library.remove() }
        try await library.work(off: library.upload(Array(Self.reds.prefix(4))))
        let first = try drafts(of: library)
        let ready = try await compute(first, DraftRequest(eps: 0.000001))
        let waiting = try first.create(DraftRequest(eps: 0.06))

        let next = try drafts(of: library)
        #expect(next.list().map(\.id) == [waiting.id, ready.id])
        #expect(try next.draft(ready.id) == first.draft(ready.id))
        #expect(try await end(of: waiting.id, by: next).state == .ready)
        try next.apply(ready.id)
        try next.drop(waiting.id)
        #expect(try drafts(of: library).list().map(\.id) == [ready.id])
        #expect(throws: LibraryError.unknownDraft(waiting.id.uuidString.lowercased())) {
            try next.apply(waiting.id)
        }
    }

    @Test func `Only a few drafts wait, and bad parameters are refused`() throws {
        let library = try TestLibrary()
        defer { library.remove() }
        let drafts = try drafts(of: library)
        for _ in 0..<Drafts.waiting { _ = try drafts.create(DraftRequest(eps: 0.1)) }
        #expect(throws: LibraryError.tooManyDrafts(limit: Drafts.waiting)) {
            try drafts.create(DraftRequest(eps: 0.1))
        }
        for request in [
            DraftRequest(eps: -1), DraftRequest(eps: .infinity), DraftRequest(algorithm: .dbscan, eps: 0),
            DraftRequest(minSamples: 0), DraftRequest(minFaces: 5000), DraftRequest(metric: .cosine),
        ] {
            #expect("\(request)") {
                try drafts.create(request)
            } throws: {
                if case LibraryError.badDraft = $0 { true } else { false }
            }
        }
        #expect(throws: TestLibrary.NoPack.self) { try drafts.create(DraftRequest(pack: "missing")) }
    }

    @Test func `Another pack embeds the faces anew, and the old embeddings serve until the draft is applied`()
        async throws
    {
        let library = try TestLibrary()
        defer { library.remove() }
        let store = library.store
        try await library.work(off: library.upload(Array(Self.reds.prefix(6)) + [[TestLibrary.blue]]))
        let before = try faces(of: store)
        let drafts = try drafts(of: library)
        let draft = try await compute(drafts, DraftRequest(pack: "other"))
        #expect(draft.state == .ready, "\(draft.failure ?? "")")
        #expect(draft.progress == Draft.Progress(done: 7, total: 7) && draft.leftOutFaceCount == 0)
        #expect(try store.embeddingModel() == PaintedFaces.model && faces(of: store) == before)
        #expect(try store.faces.allEmbeddings(model: Self.otherModel).count == 7)

        try drafts.apply(draft.id)
        #expect(try store.embeddingModel() == Self.otherModel)
        #expect(try faces(of: store) == before, "the same people by either pack")
        #expect(throws: (any Error).self, "the server's pack is not the library's any more") {
            try library.models.pack()
        }
        try store.journal.undo()
        #expect(try store.embeddingModel() == PaintedFaces.model)
        #expect(try library.models.pack().model == PaintedFaces.model)
    }

    @Test func `A face that the other pack does not find keeps its person`() async throws {
        let library = try TestLibrary()
        defer { library.remove() }
        let store = library.store
        let task = try library.upload(Array(Self.reds.prefix(3)))
        try await library.work(off: task)
        let gone = try #require(library.uploads.first)
        try FileManager.default.removeItem(at: library.library.folders.uploads.appendingPathComponent(gone))
        let drafts = try drafts(of: library)
        let draft = try await compute(drafts, DraftRequest(pack: "other"))
        #expect(draft.leftOutFaceCount == 1)
        let before = try faces(of: store)
        try drafts.apply(draft.id)
        #expect(try faces(of: store) == before)
    }

    @Test func `Boxes of two packs are one face where they overlap most`() {
        func box(_ x: Double) -> BoundingBox { BoundingBox(x: x, y: 0, width: 100, height: 100) }
        let matches = FaceReembedding.matches(of: [box(0), box(200)], with: [box(210), box(20), box(30), box(900)])
        #expect(matches.map(\.known).sorted() == [0, 1])
        #expect(Dictionary(uniqueKeysWithValues: matches.map { ($0.known, $0.found) }) == [0: 1, 1: 0])
        #expect(FaceReembedding.matches(of: [box(0)], with: [box(80)]).isEmpty)
    }
}

extension DraftsTests {
    @Test func `Two processes know each other's drafts, whoever computes, applies or drops them`() async throws {
        let library = try TestLibrary()
        defer { library.remove() }
        try await library.work(off: try library.upload(Array(Self.reds.prefix(6))))
        let next = try TestLibrary(data: library.library.folders.data)
        let (here, there) = (try drafts(of: library), try drafts(of: next))
        let id = try here.create(DraftRequest(eps: 0.000001)).id
        #expect(there.list().map(\.id) == [id])
        #expect(try await end(of: id, by: there).state == .ready)
        #expect(try here.draft(id).state == .ready)
        #expect(try here.draft(id).difference == there.draft(id).difference)

        try here.apply(id)
        #expect(try there.draft(id).state == .applied)
        #expect(throws: LibraryError.draftNotReady(id.uuidString.lowercased())) { try there.apply(id) }

        let other = try there.create(DraftRequest()).id
        try here.drop(other)
        #expect(throws: LibraryError.unknownDraft(other.uuidString.lowercased())) { try there.draft(other) }
        #expect(there.list().map(\.id) == [id])
    }
}
