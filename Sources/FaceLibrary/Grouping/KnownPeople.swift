import FaceClustering
import FaceCore
import FaceStore

/// Who there is in a library, as far as it takes to find who has to do with a new face: a mean for each person and each face
/// that waits without one. It is kept between groupings and learns from the store what changed, so that a new face costs
/// the same whether a library has a thousand faces or a million: what the others look like is not read again.
///
/// Memory is 8 bytes a number of each person and each waiting face, and some 50 bytes a face.
struct KnownPeople {
    /// What can be near to a new face.
    enum Key: Hashable, Comparable, Sendable {
        case person(PersonID)
        /// One that a place was sought for, and there was none.
        case face(FaceID)
    }

    let model: ModelID
    let options: GroupingOptions
    /// Nil as long as there is nobody.
    private(set) var index: LinkageIndex<Key>?
    /// Faces that no place was sought for yet.
    private(set) var due: Set<FaceID> = []
    /// The person of each face; nil for one of nobody.
    private var owners: [FaceID: PersonID?] = [:]
    private var version: Int64

    /// What is known of somebody's looks.
    func group(for key: Key) -> VectorGroup? { index?.group(for: key) }

    /// Faces that are read at once.
    private static let portion = 10_000

    /// Reads the library.
    init(of store: any LibraryStore, model: ModelID, options: GroupingOptions) throws(FaceStoreError) {
        self.model = model
        self.options = options
        let table = try store.faces.owners(model: model)
        version = table.version
        var sizes: [PersonID: Int] = [:]
        owners.reserveCapacity(table.faces.count)
        for (row, face) in table.faces.enumerated() {
            let person = table.persons[row]
            owners.updateValue(person, forKey: face)
            if let person {
                sizes[person, default: 0] += 1
            } else if !table.isPlacedByUser[row] {
                due.insert(face)
            }
        }
        var people: [PersonID] = []
        var count = 0
        for (person, size) in sizes.sorted(by: { $0.key < $1.key }) {
            people.append(person)
            count += size
            guard count >= Self.portion else { continue }
            try look(at: people, in: store)
            people = []
            count = 0
        }
        try look(at: people, in: store)
    }

    /// Learns what changed since the last time.
    ///
    /// - Returns: false when that cannot be told any more: then the library is to be read anew.
    mutating func catchUp(with store: any LibraryStore) throws(FaceStoreError) -> Bool {
        guard try store.peopleVersion() != version else { return true }
        guard let changes = try store.faces.changes(since: version, model: model) else { return false }
        version = changes.version
        var touched: Set<PersonID> = []
        for face in changes.gone {
            if let owner = owners.removeValue(forKey: face) ?? nil { touched.insert(owner) }
            forget(face)
        }
        let table = changes.changed
        for (row, face) in table.faces.enumerated() {
            let person = table.persons[row]
            if let former = owners.updateValue(person, forKey: face) ?? nil { touched.insert(former) }
            forget(face)
            if let person {
                touched.insert(person)
            } else if !table.isPlacedByUser[row] {
                due.insert(face)
            }
        }
        try look(at: touched.sorted(), in: store)
        return true
    }

    private mutating func forget(_ face: FaceID) {
        due.remove(face)
        index?.remove(.face(face))
    }

    /// Reads what some people look like by now.
    private mutating func look(at people: [PersonID], in store: any LibraryStore) throws(FaceStoreError) {
        guard !people.isEmpty else { return }
        let scene = scene(try store.faces.embeddings(of: people, and: [], model: model))
        for person in people {
            if let members = scene.members[person] {
                set(scene.group(members), for: .person(person), in: scene)
            } else {
                index?.remove(.person(person))
            }
        }
    }

    private mutating func set(_ group: VectorGroup, for key: Key, in scene: GroupingScene) {
        if index == nil { index = LinkageIndex(dimension: scene.vectors.dimension, linkage: scene.linkage) }
        index?.set(group, for: key)
    }

    private func scene(
        _ table: EmbeddingTable, constraints: PersonConstraints = PersonConstraints()
    ) -> GroupingScene {
        GroupingScene(
            options.faces(of: table), vectors: VectorSet(table), constraints: constraints, options: options)
    }

    // MARK: New faces

    /// The faces that a place is sought for, with all that may have to do with them.
    func neighbourhood(in store: any LibraryStore) throws(FaceStoreError) -> EmbeddingTable {
        let new = due.sorted()
        guard let index else { return try store.faces.embeddings(of: [], and: new, model: model) }
        let newcomers = scene(try store.faces.embeddings(of: [], and: new, model: model))
        let near = PersonNeighbourhood.near(
            to: newcomers.faces.indices.map { newcomers.group([$0]) }, in: index, threshold: options.eps)
        var people: [PersonID] = []
        var faces = new
        for key in near {
            switch key {
            case .person(let person): people.append(person)
            case .face(let face): faces.append(face)
            }
        }
        return try store.faces.embeddings(of: people, and: faces, model: model)
    }

    /// A place was sought for all that were due; these found none.
    mutating func settle(waiting: [FaceID], in table: EmbeddingTable) {
        due = []
        guard !waiting.isEmpty else { return }
        let scene = scene(table)
        let rows = Dictionary(uniqueKeysWithValues: table.faces.enumerated().map { ($1, $0) })
        for face in waiting {
            if let row = rows[face] { set(scene.group([row]), for: .face(face), in: scene) }
        }
    }
}
