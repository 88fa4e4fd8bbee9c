import FaceAnalysis
import FaceClustering
import FaceCore
import FaceStore
import Foundation
import Testing

@testable import FaceLibrary

/// The kinds of search that have to keep the contract.
enum SearchKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case memory
    case database

    /// Those that can be had here.
    static var allCases: [SearchKind] { [.memory] + (ThrowawayPostgres.hasVectors ? [.database] : []) }

    var testDescription: String { rawValue }
}

/// A library of made-up people, and a search for them. The library is gone with the value.
final class SearchedLibrary {
    static let model = ModelID("made-up/faces")
    static let dimension = 16

    let store: any LibraryStore
    let search: any PeopleSearch
    let options: GroupingOptions
    /// In the order of their faces' centres.
    private(set) var people: [PersonID] = []
    private(set) var faces: [[FaceID]] = []
    private var made = MadeUpPeople(seed: 3, dimension: SearchedLibrary.dimension)
    private(set) var centres: [[Float]] = []
    private var photos = 0

    /// - Parameters:
    ///   - counts: how many faces each person has.
    ///   - weakSide: faces whose box is narrower are weak.
    init(_ kind: SearchKind, _ counts: [Int], metric: Metric = .cosine, weakSide: Float = 0) throws {
        options = GroupingOptions(
            algorithm: .average, eps: 0.5, metric: metric,
            strength: FaceStrengthRule(
                minimumSide: weakSide, minimumScore: 0, minimumSharpness: 0, minimumVisibleShare: 0))
        switch kind {
        case .memory:
            store = try SQLiteLibraryStore.inMemory()
            search = PersonGallery(store: store)
        case .database:
            let store = try PostgresLibraryStore(server: try #require(ThrowawayPostgres.sharedWithVectors).server())
            self.store = store
            search = DatabasePeopleSearch(store: store, vectors: PostgresPersonVectors(of: store))
        }
        try store.adopt(model: Self.model)
        for count in counts { try add(count) }
        try prepare()
    }

    deinit { try? store.close() }

    var pack: AnalysisPack {
        AnalysisPack(
            name: "made up", licence: "none", isVerified: true, model: Self.model, detection: DetectionOptions(),
            grouping: options)
    }

    /// What a server does all the time.
    func prepare() throws {
        guard let search = search as? DatabasePeopleSearch else { return }
        #expect(try search.keepInStep(pack))
    }

    /// Adds a person with so many faces.
    func add(_ count: Int, side: Double = 50) throws {
        let centre = made.direction()
        let faces = try (0..<count).map { _ in try record(face(near: centre), side: side) }
        try store.faces.apply(GroupingChange(created: [faces]))
        centres.append(centre)
        self.faces.append(faces)
        people.append(try #require(try store.faces.face(faces[0])?.person))
    }

    func face(near centre: [Float]) -> [Float] { made.face(of: centre, cosine: 0.8) }

    /// Stores a face on a photo of its own.
    func record(_ vector: [Float], side: Double = 50) throws -> FaceID {
        photos += 1
        let digits = String(photos)
        let photo = NewPhoto(
            contentHash: ContentHash(rawValue: String(repeating: "0", count: 64 - digits.count) + digits),
            byteCount: 1, metadata: PhotoMetadata(format: .jpeg, width: 400, height: 300), model: Self.model)
        let face = AnalyzedFace(
            face: DetectedFace(
                box: BoundingBox(x: 0, y: 0, width: side, height: side),
                landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(Double($0), 0) }),
                detectionScore: 0.9),
            embedding: Embedding(model: Self.model, vector: vector))
        return try #require(try store.photos.record(photo, at: nil, faces: [face]).faces.first?.id)
    }

    func probe(_ vector: [Float]) -> VectorGroup {
        VectorGroup([0], of: VectorSet([vector]), for: options.metric.dissimilarity)
    }

    func nearest(
        to vector: [Float], limit: Int, among scope: CollectionScope? = nil
    ) throws -> [PersonMatch] {
        try search.nearest(
            to: [probe(vector)], limit: limit, among: scope, model: Self.model, options: options)[0]
    }

    /// The same by a comparison with all faces of everybody.
    func nearestByAll(to vector: [Float], limit: Int, among members: Set<PersonID>? = nil) throws -> [PersonMatch] {
        let table = try store.faces.allEmbeddings(model: Self.model)
        let probe = self.probe(vector)
        var rows: [PersonID: [Int]] = [:]
        for row in 0..<table.count {
            if let person = table.persons[row], members?.contains(person) ?? true {
                rows[person, default: []].append(row)
            }
        }
        let all = rows.map { person, rows in
            let strong = rows.filter { !options.strength.isWeak(table.strengths[$0]) }
            let values = (strong.isEmpty ? rows : strong).compactMap { row in
                options.metric.dissimilarity.between(probe, self.probe(Array(table.vector(at: row))))
            }
            return PersonMatch(person: person, dissimilarity: values.reduce(0, +) / Double(values.count))
        }
        return Array(all.sorted { ($0.dissimilarity, $0.person) < ($1.dissimilarity, $1.person) }.prefix(limit))
    }

    func expectSame(_ vector: [Float], limit: Int, among scope: CollectionScope? = nil, _ comment: Comment) throws {
        let found = try nearest(to: vector, limit: limit, among: scope)
        let wanted = try nearestByAll(to: vector, limit: limit, among: scope?.members)
        #expect(found.map(\.person) == wanted.map(\.person), comment)
        for (one, other) in zip(found, wanted) {
            #expect(abs(one.dissimilarity - other.dissimilarity) < 1e-5, comment)
        }
    }
}
