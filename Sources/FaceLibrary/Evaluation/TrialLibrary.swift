import FaceCore
import FaceStore

/// A library that is thrown away, in which photos of a set are grouped just as in one that stays.
struct TrialLibrary {
    private let store: any LibraryStore
    private let set: AnalyzedSet
    private let grouping: PersonGrouping
    /// Where the faces of each photo begin among all faces of the set.
    private let offsets: [Int]
    private var indexOfFace: [FaceID: Int] = [:]

    /// - Parameter store: empty.
    init(_ set: AnalyzedSet, store: any LibraryStore, options: GroupingOptions) throws(FaceStoreError) {
        self.set = set
        self.store = store
        grouping = PersonGrouping(store: store, options: options)
        var offset = 0
        var offsets: [Int] = []
        for photo in set.photos {
            offsets.append(offset)
            offset += photo.faces.count
        }
        self.offsets = offsets
        try store.adopt(model: set.model)
    }

    /// Adds a photo, by its index in the set, with its faces, which are nobody's yet.
    mutating func add(_ index: Int) throws(FaceStoreError) {
        let photo = set.photos[index]
        let recorded = try store.photos.record(
            NewPhoto(
                contentHash: photo.contentHash, byteCount: photo.byteCount, metadata: photo.metadata, model: set.model),
            at: nil, faces: photo.faces)
        for (number, face) in recorded.faces.enumerated() { indexOfFace[face.id] = offsets[index] + number }
    }

    /// Groups what is there, as after a scan or a task.
    func group() throws { try grouping.run(model: set.model) }

    /// The person of each face of the set; nil for one that is nobody's.
    func persons() throws(FaceStoreError) -> [PersonID?] {
        let table = try store.faces.allEmbeddings(model: set.model)
        var persons = [PersonID?](repeating: nil, count: (offsets.last ?? 0) + (set.photos.last?.faces.count ?? 0))
        for (face, person) in zip(table.faces, table.persons) {
            if let index = indexOfFace[face] { persons[index] = person }
        }
        return persons
    }
}
