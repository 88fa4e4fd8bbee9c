import FaceClustering
import FaceCore
import FaceStore
import Synchronization

/// The people of a library as probes are compared with them: each by all of her strong faces, which for the mean
/// dissimilarity come down to one vector, so that a library of a million faces is searched as fast as it has people.
///
/// It is read from the store when it is first asked for and kept in step from then on: a search sees every change that
/// was stored before it, by whatever process. Memory is 8 bytes a number for each person, and some for each face.
final class PersonGallery: Sendable {
    private let store: any LibraryStore
    /// One gallery is kept by all who search; it is brought up to date by one of them at a time.
    private let content = Mutex<Content?>(nil)

    init(store: any LibraryStore) {
        self.store = store
    }

    /// The people as they are now.
    ///
    /// - Parameters:
    ///   - model: of whose embeddings the gallery is.
    ///   - options: the metric, and which faces are weak; those count only where a person has no others.
    /// - Throws: `FaceStoreError`.
    func people(model: ModelID, options: GroupingOptions) throws(FaceStoreError) -> PersonIndex {
        let outcome = content.withLock { content in
            Result { () throws(FaceStoreError) in try upToDate(&content, model, options) }
        }
        return try outcome.get()
    }

    private func upToDate(
        _ content: inout Content?, _ model: ModelID, _ options: GroupingOptions
    ) throws(FaceStoreError) -> PersonIndex {
        // Asked for before reading: what changes in between is read once more by the next one.
        let version = try store.peopleVersion()
        if let known = content, known.model == model, known.rule == options.strength, known.metric == options.metric {
            if known.version == version { return known.index }
            if let changes = try store.faces.changes(since: known.version, model: model) {
                // In place, with nobody else holding the vectors, unless a search is under way.
                try content?.apply(changes, from: store)
                if let index = content?.index { return index }
            }
        }
        let table = try store.faces.allEmbeddings(model: model)
        let fresh = Content(table, version: version, options: options)
        content = fresh
        return fresh.index
    }
}

/// People under their ids, each as the group of her faces.
typealias PersonIndex = LinkageIndex<PersonID>

private struct Content {
    var version: Int64
    let model: ModelID
    let rule: FaceStrengthRule
    let metric: Metric
    var index: PersonIndex
    private var owners: [FaceID: PersonID] = [:]
    /// Those who have weak faces only.
    private var weakOnes: Set<PersonID> = []

    init(_ table: EmbeddingTable, version: Int64, options: GroupingOptions) {
        self.version = version
        model = table.model
        rule = options.strength
        metric = options.metric
        index = PersonIndex(
            dimension: max(table.dimension, 1),
            linkage: AverageLinkage(threshold: options.linkageThreshold, dissimilarity: options.metric.dissimilarity))
        owners.reserveCapacity(table.count)
        var rows: [PersonID: [Int]] = [:]
        for (row, person) in table.persons.enumerated() {
            guard let person else { continue }
            owners[table.faces[row]] = person
            rows[person, default: []].append(row)
        }
        let vectors = VectorSet(table)
        for (person, rows) in rows.sorted(by: { $0.key < $1.key }) {
            set(person, to: rows, of: vectors, areWeak: rows.map { rule.isWeak(table.strengths[$0]) })
        }
    }

    private mutating func set(_ person: PersonID, to rows: [Int], of vectors: VectorSet, areWeak: [Bool]) {
        let strong = zip(rows, areWeak).filter { !$1 }.map(\.0)
        index.set(
            VectorGroup(strong.isEmpty ? rows : strong, of: vectors, for: metric.dissimilarity), for: person)
        if strong.isEmpty { weakOnes.insert(person) } else { weakOnes.remove(person) }
    }

    /// What is new is added; whoever lost a face, or had one changed, is read anew.
    mutating func apply(_ changes: FaceChanges, from store: any LibraryStore) throws(FaceStoreError) {
        let table = changes.changed
        var affected: Set<PersonID> = []
        var added: [PersonID: [Int]] = [:]
        for face in changes.gone {
            if let person = owners.removeValue(forKey: face) { affected.insert(person) }
        }
        for (row, face) in table.faces.enumerated() {
            let (before, now) = (owners[face], table.persons[row])
            owners[face] = now
            if let before { affected.insert(before) }
            guard let now else { continue }
            if before == nil, !weakOnes.contains(now), !rule.isWeak(table.strengths[row]) {
                added[now, default: []].append(row)
            } else {
                affected.insert(now)
            }
        }
        if table.dimension > 0, table.dimension != index.dimension {
            index = PersonIndex(dimension: table.dimension, linkage: index.linkage)
        }
        let vectors = VectorSet(table)
        for (person, rows) in added where !affected.contains(person) {
            let group = VectorGroup(rows, of: vectors, for: metric.dissimilarity)
            index.set(index.group(for: person).map { $0.merged(with: group) } ?? group, for: person)
        }
        for person in affected { try readAnew(person, from: store) }
        version = changes.version
    }

    private mutating func readAnew(_ person: PersonID, from store: any LibraryStore) throws(FaceStoreError) {
        let faces = try store.faces.faces(of: person).filter { $0.embedding.model == model }
        guard !faces.isEmpty else {
            index.remove(person)
            weakOnes.remove(person)
            return
        }
        set(
            person, to: Array(faces.indices), of: VectorSet(faces.map(\.embedding.vector)),
            areWeak: faces.map { rule.isWeak(EmbeddingTable.FaceStrength($0)) })
    }
}

extension EmbeddingTable.FaceStrength {
    fileprivate init(_ face: StoredFace) {
        self.init(
            shorterSide: Float(min(face.face.box.width, face.face.box.height)),
            detectionScore: Float(face.face.detectionScore), quality: face.quality)
    }
}

extension Metric {
    /// Of groups, so that it follows from their means.
    var dissimilarity: Dissimilarity { self == .cosine ? .cosine : .squaredEuclidean }

    /// The distance that a mean dissimilarity of groups stands for.
    func distance(of dissimilarity: Double) -> Double {
        self == .cosine ? dissimilarity : dissimilarity.squareRoot()
    }

    /// The dissimilarity that a distance stands for.
    func dissimilarity(of distance: Double) -> Double { self == .cosine ? distance : distance * abs(distance) }
}
