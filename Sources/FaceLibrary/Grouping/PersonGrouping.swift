import FaceClustering
public import FaceCore
public import FaceStore

/// Groups the faces of the library into people and writes down what changed.
public struct PersonGrouping: Sendable {
    private let store: any LibraryStore
    private let options: GroupingOptions

    public init(store: any LibraryStore, options: GroupingOptions) {
        self.store = store
        self.options = options
    }

    /// Places every face of the model that belongs to nobody yet; all changes are one transaction.
    ///
    /// - Throws: `FaceStoreError`.
    public func run(model: ModelID) throws {
        let table = try store.faces.allEmbeddings(model: model)
        let faces = (0..<table.count).map {
            GroupedFace(id: table.faces[$0], person: table.persons[$0], isPlacedByUser: table.isPlacedByUser[$0])
        }
        guard faces.contains(where: { $0.person == nil }) else { return }
        let named = Set(try store.persons.all().filter { $0.name != nil }.map(\.id))
        let assignment = PersonAssigner(options: options).assign(
            faces, vectors: VectorSet(dimension: table.dimension, values: table.values), named: named)
        guard !assignment.isEmpty else { return }
        try store.faces.apply(GroupingChange(assignment))
    }
}

extension GroupingChange {
    /// The change that brings an assignment about.
    init(_ assignment: PersonAssignment) {
        var joined: [PersonID: [FaceID]] = [:]
        for (face, person) in assignment.joined.sorted(by: { $0.key < $1.key }) {
            joined[person, default: []].append(face)
        }
        let merges = assignment.merged.sorted { $0.key < $1.key }.map { Merge($0.key, into: $0.value) }
        self.init(author: .grouping, merges: merges, created: assignment.created, joined: joined)
    }
}
