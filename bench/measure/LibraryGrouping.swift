import FaceClustering
import FaceCore
import FaceLibrary

/// What a library makes of faces that all come at once, each on a photo of its own.
struct LibraryGrouping: ClusteringAlgorithm {
    let options: GroupingOptions

    init(_ options: GroupingOptions) { self.options = options }

    /// Faces that a library leaves unknown are noise. It works on as many threads as there are processors.
    func cluster(_ vectors: VectorSet, threads: Int) -> [Int?] {
        let faces = (0..<vectors.count).map { GroupedFace(id: FaceID(Int64($0) + 1), photo: PhotoID(Int64($0) + 1)) }
        let assignment = PersonAssigner(options: options).assign(faces, vectors: vectors)
        var groups = [Int?](repeating: nil, count: vectors.count)
        for (number, members) in assignment.created.enumerated() {
            for face in members { groups[Int(face.rawValue) - 1] = number }
        }
        return groups
    }
}
