import FaceClustering
import FaceCore
import FaceStore
import Foundation
import Synchronization
import Testing

@testable import FaceLibrary

/// Groupings that come in each other's way, in one library on disk.
@Suite struct PersonGroupingTests {
    private static let model = ModelID("points/line")
    private static let options = GroupingOptions(algorithm: .average, eps: 1, metric: .euclidean)

    private let folder: URL
    private let store: SQLiteLibraryStore

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lik-grouping-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try SQLiteLibraryStore(path: folder.appendingPathComponent("lik.sqlite").path)
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    /// A photo each with one face at a place of a line; a person every ten units.
    @discardableResult
    private func record(onPhotosOfTheirOwn places: [Float]) throws -> [FaceID] {
        try places.enumerated().flatMap { try record([$1], photo: 100 + $0) }
    }

    /// One photo with one face at each place of a line; a person every ten units.
    @discardableResult
    private func record(_ places: [Float], photo: Int) throws -> [FaceID] {
        let faces = places.map { place in
            AnalyzedFace(
                face: DetectedFace(
                    box: BoundingBox(x: 0, y: 0, width: 50, height: 50),
                    landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(Double($0), 0) }),
                    detectionScore: 0.9),
                embedding: Embedding(model: Self.model, vector: [place, 0]))
        }
        let digits = String(photo, radix: 16)
        let hash = ContentHash(rawValue: String(repeating: "0", count: 64 - digits.count) + digits)
        let photo = NewPhoto(
            contentHash: hash, byteCount: 1, metadata: PhotoMetadata(format: .jpeg, width: 64, height: 64),
            model: Self.model)
        return try store.photos.record(photo, at: nil, faces: faces).faces.map(\.id)
    }

    private func people() throws -> [Set<Int64>] {
        try store.persons.all().map { Set(try store.faces.faces(of: $0.id).map(\.id.rawValue)) }
            .sorted { ($0.min() ?? 0) < ($1.min() ?? 0) }
    }

    private var grouping: PersonGrouping { PersonGrouping(store: store, options: Self.options) }

    /// A grouping that reads the library, is overtaken, and then writes.
    private func group(overtakenBy event: () throws -> Void) throws {
        let plan = try #require(try grouping.plan(for: Self.model))
        try event()
        try grouping.carryOut(plan, model: Self.model)
    }

    @Test func `A grouping that is overtaken leaves the other's people where they are`() throws {
        defer { remove() }
        try record(onPhotosOfTheirOwn: [0, 10, 0.1])
        try group {
            try grouping.run(model: Self.model)
            try store.persons.rename(PersonID(1), to: "Анна")
        }
        #expect(try people() == [[1, 3], [2]])
        #expect(try store.persons.all().map(\.id.rawValue).sorted() == [1, 2])
        #expect(try store.persons.person(PersonID(1))?.name == "Анна")
    }

    @Test func `What two groupings made of one person becomes one`() throws {
        defer { remove() }
        let faces = try record(onPhotosOfTheirOwn: [0, 0.1, 10])
        // The other one had seen the first face only.
        try group { try store.faces.apply(GroupingChange(created: [[faces[0]]])) }
        #expect(try people() == [[1, 2], [3]])
    }

    @Test func `A person who was merged away in between is no error`() throws {
        defer { remove() }
        try record([0, 10], photo: 1)
        try grouping.run(model: Self.model)
        try record([0.1, 10.1], photo: 2)
        try group {
            try store.faces.apply(
                GroupingChange(author: .user, merges: [.init(PersonID(2), into: PersonID(1))]))
        }
        #expect(try store.persons.person(PersonID(2)) == nil)
        #expect(try store.faces.unassignedFaces().isEmpty)
        #expect(try people().joined().count == 4)
    }

    @Test func `Two people who got names in between stay two`() throws {
        defer { remove() }
        let faces = try record(onPhotosOfTheirOwn: [0, 0.1])
        for face in faces { try store.faces.apply(GroupingChange(created: [[face]])) }
        try record([0.2], photo: 2)
        try group {
            try store.persons.rename(PersonID(1), to: "Анна")
            try store.persons.rename(PersonID(2), to: "Мария")
        }
        #expect(try store.persons.all().map(\.name).compactMap { $0 }.sorted() == ["Анна", "Мария"])
        #expect(try store.faces.unassignedFaces().isEmpty)
    }

    @Test func `A face that a user took from everybody stays with nobody`() throws {
        defer { remove() }
        let faces = try record(onPhotosOfTheirOwn: [0, 0.1])
        try store.faces.apply(GroupingChange(author: .user, released: [faces[1]]))
        try grouping.run(model: Self.model)
        #expect(try people() == [[1]])
        #expect(try store.faces.face(faces[1])?.person == nil)
    }

    @Test func `Groupings at the same time make the people that one would make`() throws {
        defer { remove() }
        for photo in 0..<24 {
            let spread = Float(photo) / 100
            try record((0..<4).map { Float($0) * 10 + spread }, photo: photo)
        }
        let path = folder.appendingPathComponent("lik.sqlite").path
        let problems = Mutex<[String]>([])
        let all = DispatchGroup()
        for _ in 0..<4 {
            all.enter()
            Thread {
                do {
                    let store = try SQLiteLibraryStore(path: path)
                    try PersonGrouping(store: store, options: Self.options).run(model: Self.model)
                } catch {
                    problems.withLock { $0.append("\(error)") }
                }
                all.leave()
            }.start()
        }
        all.wait()
        #expect(problems.withLock { $0 }.isEmpty)
        #expect(try people().map(\.count) == [24, 24, 24, 24])
        #expect(try store.persons.all().map(\.id.rawValue).sorted() == [1, 2, 3, 4])
    }

    @Test(arguments: [3, 14, 15, 92])
    func `Photos that come one by one make the people of all at once`(seed: UInt64) throws {
        defer { remove() }
        // Eight people two apart, whose faces lie up to 0.7 off.
        var random = Xorshift(state: seed)
        var places: [Float] = []
        for person in 0..<8 {
            for _ in 0..<12 { places.append(Float(person) * 2 + Float.random(in: -0.7...0.7, using: &random)) }
        }
        let faces = (0..<places.count).map { place in
            GroupedFace(id: FaceID(Int64(place) + 1), photo: PhotoID(Int64(place) + 1))
        }
        let once = PersonAssigner(options: Self.options).assign(
            faces, vectors: VectorSet(places.map { [$0, 0] }))
        var truth = [Int](repeating: -1, count: places.count)
        for (group, members) in once.created.enumerated() {
            for face in members { truth[Int(face.rawValue) - 1] = group }
        }
        #expect(once.unknown.isEmpty && once.created.count > 4)

        // One and the same, as in a server, so that what it remembers counts too.
        let grouping = grouping
        var orderOfFace: [FaceID: Int] = [:]
        for place in Array(places.indices).shuffled(using: &random) {
            let recorded = try record([places[place]], photo: 1000 + place)
            orderOfFace[recorded[0]] = place
            try grouping.run(model: Self.model)
        }
        var groups = [PersonID?](repeating: nil, count: places.count)
        let table = try store.faces.allEmbeddings(model: Self.model)
        for (face, person) in zip(table.faces, table.persons) {
            if let place = orderOfFace[face] { groups[place] = person }
        }
        let agreement = GroupingQuality(truth: truth, groups: groups).bcubed.f
        #expect(agreement >= 0.95, "BCubed F \(agreement)")
        #expect(try store.persons.all().allSatisfy { $0.faceCount > 0 })
    }

    @Test(arguments: [1, 2, 3])
    func `What is remembered from one grouping to the next is what there is`(seed: UInt64) throws {
        defer { remove() }
        var random = Xorshift(state: seed &* 7919)
        var options = Self.options
        options.minFaces = 2
        let grouping = PersonGrouping(store: store, options: options)
        var photo = 0
        for step in 0..<60 {
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                photo += 1
                try record(
                    [Float(Int.random(in: 0..<12, using: &random)) * 3 + .random(in: -0.6...0.6, using: &random)],
                    photo: photo)
            }
            try grouping.run(model: Self.model)
            try edit(&random)
            let fresh = try KnownPeople(of: store, model: Self.model, options: options)
            let kept = try grouping.memory.people(of: store, model: Self.model, options: options)
            grouping.memory.keep(kept)
            for person in 1...Int64(photo) {
                let key = KnownPeople.Key.person(PersonID(person))
                #expect(kept.group(for: key) == fresh.group(for: key), "person \(person), step \(step)")
            }
            for face in (1...Int64(photo)).map({ FaceID($0) }) {
                let isWaiting = kept.due.contains(face) || kept.group(for: .face(face)) != nil
                #expect(isWaiting == fresh.due.contains(face), "face \(face), step \(step)")
            }
        }
        #expect(try store.persons.all().count > 5)
    }

    /// Something that users do, in a library that has been grouped.
    private func edit(_ random: inout some RandomNumberGenerator) throws {
        let people = try store.persons.all().map(\.id)
        guard let person = people.randomElement(using: &random), let other = people.randomElement(using: &random),
            person != other, let face = try store.faces.faces(of: person).map(\.id).randomElement(using: &random)
        else { return }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: try store.journal.perform(.move([face], to: other))
        case 1: try store.journal.perform(.reject([face], from: person))
        case 2: try store.journal.perform(.ignore([face]))
        case 3: try store.journal.perform(.merge([person], into: other))
        case 4: try store.persons.delete(person)
        case 5: try store.photos.forget(try #require(try store.faces.face(face)).photo)
        case 6: if try !store.journal.entries(after: nil, limit: 1).elements.isEmpty { _ = try? store.journal.undo() }
        default: try store.journal.perform(.rename(person, to: "Анна \(random.next())"))
        }
    }

    @Test func `A face that waits gets company from one that comes later`() throws {
        defer { remove() }
        var options = Self.options
        options.minFaces = 2
        let grouping = PersonGrouping(store: store, options: options)
        let first = try record([0], photo: 1)
        try grouping.run(model: Self.model)
        try record([50], photo: 2)
        try grouping.run(model: Self.model)
        #expect(try people().isEmpty)
        try record([0.2], photo: 3)
        try grouping.run(model: Self.model)
        #expect(try people() == [[first[0].rawValue, 3]])
    }

    @Test func `A grouping with nothing to do reads nothing and changes nothing`() throws {
        defer { remove() }
        try record([0, 10], photo: 1)
        try grouping.run(model: Self.model)
        let version = try store.peopleVersion()
        try grouping.run(model: Self.model)
        #expect(try store.peopleVersion() == version)
    }
}

/// Random numbers that are the same everywhere (Marsaglia 2003).
private struct Xorshift: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
