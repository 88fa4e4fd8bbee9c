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

        /// - Parameter photo: one of its own unless it is given.
        mutating func add(
            _ id: Int64, near center: Float, person: Int64? = nil, placed: Bool = false, photo: Int64? = nil,
            weak: Bool = false
        ) {
            faces.append(
                GroupedFace(
                    id: FaceID(id), photo: PhotoID(photo ?? id), person: person.map { PersonID($0) },
                    isPlacedByUser: placed, isWeak: weak))
            vectors.append([center + Float(id % 5) * 0.1, 0])
        }

        /// Somebody far away, as one dense place alone is none for HDBSCAN.
        mutating func addOthers() {
            for id in 1000..<1006 { add(Int64(id), near: 500, person: 99) }
        }

        func assign(
            _ options: GroupingOptions, settled: Set<PersonID> = [], rejections: [FaceID: Set<PersonID>] = [:],
            separations: Set<PersonPair> = []
        ) -> PersonAssignment {
            PersonAssigner(options: options).assign(
                faces, vectors: VectorSet(dimension: 2, values: vectors.flatMap { $0 }),
                constraints: PersonConstraints(settled: settled, rejections: rejections, separations: separations))
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
        scene.addOthers()
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

    // MARK: What users said

    @Test(arguments: all) func `Faces on one photo are different people`(options: GroupingOptions) {
        var scene = Scene()
        for id in 0..<4 { scene.add(Int64(id), near: 0, person: 1) }
        scene.add(4, near: 0, photo: 50)
        scene.add(5, near: 0, photo: 50)
        let result = scene.assign(options)
        #expect(result.joined.count == 1 && result.joined.values.allSatisfy { $0 == PersonID(1) })
        #expect(result.created.count == 1 && result.created[0].count == 1)
    }

    @Test func `A face whose own kind is on its photo does not go to strangers`() {
        // A collage: six times the same man on one photo, who looks a little like somebody else.
        var scene = Scene()
        for id in 0..<6 { scene.add(Int64(id), near: 0, photo: 90) }
        for id in 10..<14 { scene.add(Int64(id), near: 0.9) }
        let result = scene.assign(GroupingOptions(algorithm: .average, eps: 0.6, metric: .euclidean))
        #expect(result.created.contains(where: { Set($0) == Set((10..<14).map { FaceID($0) }) }))
    }

    @Test func `A mirror on one photo of many does not take a person apart`() {
        var scene = Scene()
        for id in 0..<40 { scene.add(Int64(id), near: 0, person: 1) }
        scene.add(40, near: 0.1, photo: 50)
        scene.add(41, near: 0.4, photo: 50)
        let result = scene.assign(Self.all[0])
        #expect(result.joined == [FaceID(40): PersonID(1)])
        #expect(result.created == [[FaceID(41)]] && result.taken.isEmpty)
    }

    @Test func `Two people who look alike and are on most photos together are two`() {
        var scene = Scene()
        for id in 0..<10 {
            scene.add(Int64(id) * 5, near: 0, photo: Int64(id))
            scene.add(Int64(id) * 5 + 500, near: 0.6, photo: Int64(id))
        }
        let result = scene.assign(Self.all[0])
        #expect(result.created.map(\.count) == [10, 10])
        #expect(result.created.allSatisfy { group in Set(group.map { $0.rawValue < 500 }).count == 1 })
    }

    @Test func `A user may place faces of one photo with one person`() {
        var scene = Scene()
        scene.add(0, near: 0, person: 1, placed: true, photo: 7)
        scene.add(1, near: 0, person: 1, placed: true, photo: 7)
        scene.add(5, near: 0)
        scene.add(4, near: 0, photo: 7)
        let result = scene.assign(Self.all[0])
        #expect(result.joined == [FaceID(5): PersonID(1)])
        #expect(result.created == [[FaceID(4)]])
    }

    @Test(arguments: all) func `A face goes to the next person when it was rejected from the nearest`(
        options: GroupingOptions
    ) {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), near: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), near: 0.3, person: 2) }
        scene.add(10, near: 0)
        scene.addOthers()
        let result = scene.assign(
            options, settled: [PersonID(1), PersonID(2)], rejections: [FaceID(10): [PersonID(1)]])
        #expect(result.joined == [FaceID(10): PersonID(2)])
        let neither = scene.assign(
            options, settled: [PersonID(1), PersonID(2)], rejections: [FaceID(10): [PersonID(1), PersonID(2)]])
        #expect(neither.joined.isEmpty)
    }

    @Test(arguments: all) func `A person who holds a rejected face is not merged into whom it was rejected from`(
        options: GroupingOptions
    ) {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), near: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), near: 0, person: 2) }
        scene.add(10, near: 0)
        let result = scene.assign(options, rejections: [FaceID(7): [PersonID(1)]])
        #expect(result.merged.isEmpty && result.taken.isEmpty)
    }

    @Test(arguments: all) func `People whom a user separated stay two, whatever comes between them`(
        options: GroupingOptions
    ) {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), near: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), near: 0.2, person: 2) }
        for id in 10..<15 { scene.add(Int64(id), near: 0.1) }
        let result = scene.assign(options, separations: [PersonPair(PersonID(1), PersonID(2))])
        #expect(result.merged.isEmpty && result.taken.isEmpty && result.created.isEmpty)
        #expect(result.joined.count == 5)
    }

    // MARK: Order

    @Test func `An unsettled person's face moves to whom it turns out to belong to, a settled one's stays`() {
        // The face at 5.7 had joined the person around 5 before anybody around 6 was there.
        var scene = Scene()
        for id in [0, 5] { scene.add(Int64(id), near: 5, person: 1) }
        scene.add(20, near: 5.7, person: 1)
        for id in [30, 35, 40, 45] { scene.add(Int64(id), near: 5.95) }
        let options = GroupingOptions(algorithm: .average, eps: 0.6, metric: .euclidean)
        let result = scene.assign(options)
        #expect(result.taken == [FaceID(20): PersonID(1)])
        #expect(result.created.map { Set($0.map(\.rawValue)) } == [[20, 30, 35, 40, 45]])
        let settled = scene.assign(options, settled: [PersonID(1)])
        #expect(settled.taken.isEmpty)
        #expect(settled.created.map { Set($0.map(\.rawValue)) } == [[30, 35, 40, 45]])
    }

    @Test func `People far from new faces are left alone`() {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), near: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), near: 0.2, person: 2) }
        scene.add(10, near: 50)
        let result = scene.assign(Self.all[0])
        #expect(result.merged.isEmpty && result.created == [[FaceID(10)]])
    }

    // MARK: Weak faces and small groups

    @Test(arguments: all) func `Weak faces between two people never bring them together`(options: GroupingOptions) {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), near: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), near: 2.4, person: 2) }
        for id in 10..<40 { scene.add(Int64(id), near: 0.4 + Float(id - 10) * 0.055, weak: true) }
        let result = scene.assign(options)
        #expect(result.merged.isEmpty && result.taken.isEmpty && result.created.isEmpty)
        #expect(!result.joined.isEmpty, "they do join")
    }

    @Test func `Strong faces in their place do bring the two together`() {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), near: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), near: 1, person: 2) }
        for id in 10..<40 { scene.add(Int64(id), near: 0.4 + Float(id - 10) * 0.01) }
        #expect(scene.assign(Self.all[1]).merged.count == 1)
    }

    @Test(arguments: all) func `Weak faces by themselves make nobody, and join who comes`(options: GroupingOptions) {
        var scene = Scene()
        scene.addOthers()
        for id in 0..<5 { scene.add(Int64(id), near: 0, weak: true) }
        let alone = scene.assign(options)
        #expect(alone.isEmpty && Set(alone.unknown) == Set((0..<5).map { FaceID($0) }))
        for id in 5..<8 { scene.add(Int64(id), near: 0) }
        let company = scene.assign(options)
        let created = Set(company.created.first ?? [])
        #expect(company.created.count == 1 && created.isSuperset(of: (5..<8).map { FaceID($0) }))
        // HDBSCAN has no distance of its own: only those join who are as near as the strong ones are to each other.
        #expect(options.algorithm == .hdbscan ? created.count > 3 : created.count == 8)
    }

    @Test(arguments: all) func `A group of too few faces waits, also beside others, until it has company`(
        options: GroupingOptions
    ) {
        var options = options
        options.minFaces = 3
        var scene = Scene()
        scene.add(0, near: 0)
        scene.add(1, near: 0)
        for id in 2..<6 { scene.add(Int64(id), near: 20) }
        let few = scene.assign(options)
        #expect(Set(few.unknown) == [FaceID(0), FaceID(1)] && few.created.count == 1)
        scene.add(6, near: 0)
        #expect(scene.assign(options).created.count == 2)
    }
}
