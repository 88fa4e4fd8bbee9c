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
        let faces = table.rows.map {
            GroupedFace(id: $0.face, person: $0.person, isPlacedByUser: $0.isPlacedByUser)
        }
        guard faces.contains(where: { $0.person == nil }) else { return }
        let named = Set(try store.persons.all().filter { $0.name != nil }.map(\.id))
        let assignment = PersonAssigner(options: options).assign(
            faces, vectors: VectorSet(dimension: table.dimension, values: table.values), named: named)
        guard !assignment.isEmpty else { return }
        try store.faces.apply(
            GroupingChange(created: assignment.created, joined: assignment.joined, merged: assignment.merged))
    }
}
