import FaceClustering
import FaceCore
import FaceLibrary
import FaceStore
import Testing

/// Faces that linkage leaves alone, and who takes them in.
@Suite struct FaceAdoptionTests {
    private static let options = GroupingOptions(algorithm: .average, eps: 0.6, metric: .cosine)

    /// Faces with the cosines to what their person looks like, all different from each other in everything else: the cosine
    /// of two is the product of theirs.
    private struct Scene {
        var faces: [GroupedFace] = []
        var vectors: [[Float]] = []
        private static let dimension = 64

        /// - Parameter cosines: to what some people look like, by their number below 8.
        mutating func add(
            _ cosines: [Int: Float], person: Int64? = nil, placed: Bool = false, photo: Int64? = nil
        ) {
            let id = Int64(faces.count)
            var vector = [Float](repeating: 0, count: Self.dimension)
            for (axis, cosine) in cosines { vector[axis] = cosine }
            vector[8 + faces.count] = (1 - cosines.values.reduce(0) { $0 + $1 * $1 }).squareRoot()
            vectors.append(vector)
            faces.append(
                GroupedFace(
                    id: FaceID(id), photo: PhotoID(photo ?? id), person: person.map { PersonID($0) },
                    isPlacedByUser: placed))
        }

        func assign(
            settled: Set<PersonID> = [], rejections: [FaceID: Set<PersonID>] = [:]
        ) -> PersonAssignment {
            PersonAssigner(options: FaceAdoptionTests.options).assign(
                faces, vectors: VectorSet(vectors),
                constraints: PersonConstraints(settled: settled, rejections: rejections))
        }
    }

    @Test(arguments: [[], [PersonID(1)]] as [Set<PersonID>])
    func `A face that is near to what a person looks like joins her, though the mean to her photos is too far`(
        settled: Set<PersonID>
    ) {
        var scene = Scene()
        for _ in 0..<6 { scene.add([0: 0.8], person: 1) }
        // 0.45 · 0.8 = 0.36 on average, which is below 0.4.
        scene.add([0: 0.45])
        #expect(scene.assign(settled: settled).joined == [FaceID(6): PersonID(1)])
        scene.add([0: 0.3])
        let result = scene.assign(settled: settled)
        #expect(result.joined == [FaceID(6): PersonID(1)])
        #expect(result.created == [[FaceID(7)]], "farther than a face may be")
    }

    @Test func `All at once the same comes of it, and two faces adopt nobody`() {
        var scene = Scene()
        for _ in 0..<3 { scene.add([0: 0.8]) }
        scene.add([0: 0.48])
        for _ in 0..<2 { scene.add([1: 0.8]) }
        scene.add([1: 0.48])
        let groups = Set(scene.assign().created.map { Set($0.map(\.rawValue)) })
        #expect(groups == [[0, 1, 2, 3], [4, 5], [6]])
    }

    @Test(arguments: [[], [PersonID(1)]] as [Set<PersonID>])
    func `Adopted faces count in no mean and bring nobody in`(settled: Set<PersonID>) {
        var scene = Scene()
        for _ in 0..<3 { scene.add([0: 0.8], person: 1) }
        for _ in 0..<30 { scene.add([0: 0.45, 1: 0.42], person: 1) }
        // The centre of all these would have a cosine of 0.49 to this face.
        scene.add([1: 0.8])
        #expect(scene.assign(settled: settled).created == [[FaceID(33)]])
        #expect(scene.assign(settled: settled).taken.isEmpty)
    }

    @Test func `A face whose own kind is on its photo is adopted by no stranger`() {
        // The same man twice on a photo, who is a little like somebody else.
        var scene = Scene()
        for _ in 0..<5 { scene.add([0: 0.8], person: 1) }
        scene.add([0: 0.45, 1: 0.8], photo: 90)
        scene.add([0: 0.45, 1: 0.8], photo: 90)
        let result = scene.assign()
        #expect(result.joined.isEmpty && result.created.map(\.count) == [1, 1])
    }

    @Test func `A face stays alone when whom it is nearest to is on its photo`() {
        var scene = Scene()
        for _ in 0..<5 { scene.add([0: 0.8], person: 1) }
        for _ in 0..<5 { scene.add([1: 0.8], person: 2) }
        scene.add([0: 0.8], photo: 90)
        scene.add([0: 0.46, 1: 0.44], photo: 90)
        let result = scene.assign()
        #expect(result.joined == [FaceID(10): PersonID(1)])
        #expect(result.created == [[FaceID(11)]])
    }

    @Test func `A face goes to the next when it was rejected from the nearest`() {
        var scene = Scene()
        for _ in 0..<5 { scene.add([0: 0.8], person: 1) }
        for _ in 0..<5 { scene.add([1: 0.8], person: 2) }
        scene.add([0: 0.46, 1: 0.44])
        #expect(scene.assign().joined == [FaceID(10): PersonID(1)])
        #expect(scene.assign(rejections: [FaceID(10): [PersonID(1)]]).joined == [FaceID(10): PersonID(2)])
        #expect(scene.assign(rejections: [FaceID(10): [PersonID(1), PersonID(2)]]).created == [[FaceID(10)]])
    }

    @Test func `A lone person is adopted once somebody has company, unless a user stands for her`() {
        var scene = Scene()
        scene.add([0: 0.48], person: 1)
        for _ in 0..<2 { scene.add([0: 0.8], person: 2) }
        scene.add([0: 0.8])
        #expect(scene.assign().merged == [PersonID(1): PersonID(2)])
        #expect(scene.assign(settled: [PersonID(1)]).merged.isEmpty)
        scene.faces[0] = GroupedFace(id: FaceID(0), photo: PhotoID(0), person: PersonID(1), isPlacedByUser: true)
        #expect(scene.assign().merged.isEmpty)
    }

    @Test(arguments: [1, 2, 3, 4])
    func `Faces that come one by one make the people of all at once`(seed: UInt64) {
        var made = MadeUpPeople(seed: seed)
        var faces: [[Float]] = []
        for _ in 0..<30 {
            let centre = made.direction()
            for _ in 0..<made.count(1...12) { faces.append(made.face(of: centre)) }
        }
        var all = MadeUpLibrary(Self.options)
        all.addTogether(faces)
        let once = all.people.map { $0 ?? PersonID(-1) }
        for _ in 0..<3 {
            let order = made.shuffled(Array(faces.indices))
            var one = MadeUpLibrary(Self.options)
            for face in order { one.add([faces[face]]) }
            let agreement = GroupingQuality(truth: order.map { once[$0] }, groups: one.people).bcubed.f
            #expect(agreement >= 0.99, "BCubed F \(agreement)")
        }
    }
}
