import FaceClustering
import FaceCore
import FaceLibrary
import FaceStore
import Testing

@Suite struct PersonAssignerTests {
    /// Faces of a few people as points on a line: a person every ten units, her faces within half a unit.
    private struct Scene {
        var faces: [GroupedFace] = []
        var vectors: [[Float]] = []

        mutating func add(_ id: Int64, near center: Float, person: Int64? = nil, placed: Bool = false) {
            faces.append(
                GroupedFace(
                    id: FaceID(id), photo: PhotoID(id), person: person.map { PersonID($0) },
                    isPlacedByUser: placed))
            vectors.append([center + Float(id % 5) * 0.1, 0])
        }

        func assign(_ options: GroupingOptions, settled: Set<PersonID> = []) -> PersonAssignment {
            PersonAssigner(options: options).assign(
                faces, vectors: VectorSet(dimension: 2, values: vectors.flatMap { $0 }),
                constraints: PersonConstraints(settled: settled))
        }
    }

    static let all: [GroupingOptions] = [
        GroupingOptions(algorithm: .average, eps: 1, metric: .euclidean),
        GroupingOptions(algorithm: .dbscan, eps: 1, metric: .euclidean),
        GroupingOptions(algorithm: .hdbscan, eps: 1, minSamples: 2, metric: .euclidean),
    ]

    @Test(arguments: all) func `Faces of an empty library become one new person a group`(options: GroupingOptions) {
        var scene = Scene()
        for id in 0..<10 { scene.add(Int64(id), near: id < 6 ? 0 : 10) }
        let result = scene.assign(options)
        #expect(Set(result.created.map { Set($0.map(\.rawValue)) }) == [Set(0..<6), Set(6..<10)])
        #expect(result.joined.isEmpty && result.merged.isEmpty && result.unknown.isEmpty)
    }

    @Test(arguments: all) func `A new face joins the person it belongs to`(options: GroupingOptions) {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), near: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), near: 10, person: 2) }
        scene.add(10, near: 10)
        let result = scene.assign(options)
        #expect(result.joined == [FaceID(10): PersonID(2)])
        #expect(result.created.isEmpty && result.merged.isEmpty)
    }

    @Test(arguments: all) func `Nothing changes when every face has its person`(options: GroupingOptions) {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), near: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), near: 0.2, person: 2) }
        #expect(scene.assign(options) == PersonAssignment())
    }

    @Test(arguments: all) func `Two named people are never merged, however alike they are`(options: GroupingOptions) {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), near: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), near: 0.2, person: 2) }
        scene.add(10, near: 0.1)
        let result = scene.assign(options, settled: [PersonID(1), PersonID(2)])
        #expect(result.merged.isEmpty)
    }

    @Test(arguments: all) func `An unnamed person merges into the named one, even a smaller one`(
        options: GroupingOptions
    ) {
        var scene = Scene()
        for id in 0..<8 { scene.add(Int64(id), near: 0, person: 1) }
        for id in 8..<10 { scene.add(Int64(id), near: 0, person: 2) }
        for id in 20..<25 { scene.add(Int64(id), near: 0) }
        let result = scene.assign(options, settled: [PersonID(2)])
        #expect(result.merged == [PersonID(1): PersonID(2)])
    }

    @Test func `A person with a face that a user placed is not merged into another settled one`() {
        var scene = Scene()
        scene.add(0, near: 0, person: 1, placed: true)
        scene.add(1, near: 0, person: 2)
        scene.add(2, near: 0)
        let options = GroupingOptions(algorithm: .average, eps: 1, metric: .euclidean)
        #expect(scene.assign(options, settled: [PersonID(2)]).merged.isEmpty)
        #expect(scene.assign(options).merged == [PersonID(2): PersonID(1)])
    }

    @Test func `A lone face is a person with one sample and unknown with two`() {
        var scene = Scene()
        for id in 0..<4 { scene.add(Int64(id), near: 0) }
        scene.add(4, near: 50)
        let one = scene.assign(GroupingOptions(algorithm: .dbscan, eps: 1, minSamples: 1, metric: .euclidean))
        #expect(one.created.contains([FaceID(4)]) && one.unknown.isEmpty)
        let two = scene.assign(GroupingOptions(algorithm: .dbscan, eps: 1, minSamples: 2, metric: .euclidean))
        #expect(two.unknown == [FaceID(4)])
    }

    @Test func `A person who lies in two dense places does not chain them together`() {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), near: 0, person: 1) }
        scene.add(5, near: 10, person: 1)
        for id in 6..<9 { scene.add(Int64(id), near: 10, person: 2) }
        scene.add(9, near: 10)
        let result = scene.assign(GroupingOptions(algorithm: .dbscan, eps: 1, metric: .euclidean))
        #expect(result.merged.isEmpty)
        #expect(result.joined == [FaceID(9): PersonID(2)])
    }
}
