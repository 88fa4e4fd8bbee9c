import FaceClustering
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

/// Photos that come one by one, in any order, make the people that one scan of all makes; on real photos, with a real
/// model pack, where both are there.
@Suite(
    .enabled("needs LIK_TEST_PHOTOS and LIK_TEST_DLIB_MODELS") {
        ProcessInfo.processInfo.environment["LIK_TEST_PHOTOS"] != nil
            && ProcessInfo.processInfo.environment["LIK_TEST_DLIB_MODELS"] != nil
    }
)
struct OneByOneTests {
    @Test func `The order in which photos come hardly changes the people`() throws {
        let environment = ProcessInfo.processInfo.environment
        let photos = try LabelledPhotos(folder: try #require(environment["LIK_TEST_PHOTOS"]) + "/people")
        let lik = try LikProcess()
        defer { lik.remove() }
        let installed = try lik.run(
            "models", "install", try #require(environment["LIK_TEST_DLIB_MODELS"]), "--name", "dlib")
        try #require(installed.status == 0, "\(installed.errors)")
        let scan = try lik.run("scan", photos.folder, "--db", lik.path("people.sqlite"))
        try #require(scan.status == 0, "\(scan.errors)")

        let store = try SQLiteLibraryStore(path: lik.path("people.sqlite"))
        let table = try store.faces.allEmbeddings(model: try #require(try store.embeddingModel()))
        let options = GroupingOptions(algorithm: .average, eps: 0.37, metric: .euclidean, strength: .dlib)
        let truth = try Truth(photos, in: store, table: table)

        var all = PeopleInMemory(table, options: options)
        all.add(Set(table.photos))
        #expect(all.people == table.persons, "a scan and the assigner disagree")
        try truth.check(all.people, "all at once")
        let once = all.people.map { $0 ?? PersonID(-1) }

        for seed in 0..<20 {
            var random = SplitMix(seed: UInt64(seed))
            var one = PeopleInMemory(table, options: options)
            for photo in Set(table.photos).sorted().shuffled(using: &random) { one.add([photo]) }
            let agreement = GroupingQuality(truth: once, groups: one.people).bcubed.f
            #expect(agreement >= 0.99, "order \(seed): BCubed F \(agreement) against one scan of all")
            try truth.check(one.people, "order \(seed)")
        }
    }
}

/// Who the labelled faces are, by row of a table of embeddings.
private struct Truth {
    private let rows: [Int]
    private let identities: [String]

    init(_ photos: LabelledPhotos, in store: any LibraryStore, table: EmbeddingTable) throws {
        var found: [String: [StoredFace]] = [:]
        for photo in try store.photos.photos(under: photos.folder) {
            let name = String(photo.location.path.dropFirst(photos.folder.count + 1))
            found[name] = try store.faces.faces(on: photo.photo.id)
        }
        let rowOfFace = Dictionary(uniqueKeysWithValues: table.faces.enumerated().map { ($1, $0) })
        let named = LabelMatches(photos, found: found.mapValues { $0.map(\.face.box) }).named
        rows = named.compactMap { match in found[match.file].flatMap { rowOfFace[$0[match.face].id] } }
        identities = named.map(\.identity)
        try #require(rows.count == identities.count)
    }

    func check(_ people: [PersonID?], _ what: String) throws {
        let quality = GroupingQuality(truth: identities, groups: rows.map { people[$0] })
        #expect(quality.bcubed.f >= 0.995, "\(what): BCubed F \(quality.bcubed.f)")
        #expect(quality.pairs.precision == 1, "\(what): pairwise precision \(quality.pairs.precision)")
    }
}

/// A library's people as the assigner makes them, without a database.
private struct PeopleInMemory {
    private let table: EmbeddingTable
    private let assigner: PersonAssigner
    /// By row of the table.
    private(set) var people: [PersonID?]
    private var isHere: [Bool]
    private var lastPerson: Int64 = 0

    init(_ table: EmbeddingTable, options: GroupingOptions) {
        self.table = table
        assigner = PersonAssigner(options: options)
        people = Array(repeating: nil, count: table.count)
        isHere = Array(repeating: false, count: table.count)
    }

    mutating func add(_ photos: Set<PhotoID>) {
        for row in 0..<table.count where photos.contains(table.photos[row]) { isHere[row] = true }
        let rows = (0..<table.count).filter { isHere[$0] }
        let faces = rows.map { row in
            GroupedFace(
                id: table.faces[row], photo: table.photos[row], person: people[row],
                isWeak: assigner.options.strength.isWeak(table.strengths[row]))
        }
        let vectors = VectorSet(dimension: table.dimension, values: table.values).selecting(rows)
        let assignment = assigner.assign(faces, vectors: vectors)
        let rowOfFace = Dictionary(uniqueKeysWithValues: rows.map { (table.faces[$0], $0) })
        for row in rows { people[row] = people[row].map { assignment.merged[$0] ?? $0 } }
        for (face, person) in assignment.joined { if let row = rowOfFace[face] { people[row] = person } }
        for face in assignment.unknown { if let row = rowOfFace[face] { people[row] = nil } }
        for group in assignment.created {
            lastPerson += 1
            for face in group { if let row = rowOfFace[face] { people[row] = PersonID(lastPerson) } }
        }
    }
}

/// Random numbers that are the same everywhere (Steele, Lea and Flood 2014).
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
