import FaceClustering
import FaceCore
import FaceStore
import Testing

@testable import FaceLibrary

/// Faces on a line, grouped from scratch.
@Suite struct DraftGroupingTests {
    private struct Scene {
        var faces: [GroupedFace] = []
        var places: [Float] = []

        mutating func add(_ id: Int64, at place: Float, person: Int64? = nil, placed: Bool = false, photo: Int64? = nil)
        {
            faces.append(
                GroupedFace(
                    id: FaceID(id), photo: PhotoID(photo ?? id), person: person.map { PersonID($0) },
                    isPlacedByUser: placed))
            places.append(place)
        }

        func placement(
            _ options: GroupingOptions, constraints: PersonConstraints = PersonConstraints()
        ) -> DraftPlacement {
            let scene = GroupingScene(
                faces, vectors: VectorSet(places.map { [$0, 0] }), constraints: constraints, options: options)
            let (groups, noise) = DraftGrouping(scene: scene).groups()
            return DraftMatching(scene: scene).placement(of: groups, noise: noise, model: ModelID("m"))
        }
    }

    static let all = PersonAssignerTests.all

    private func faces(of person: Int64, in placement: DraftPlacement) -> [Int64] {
        placement.groups.filter { $0.person == PersonID(person) }.flatMap(\.faces).map(\.rawValue).sorted()
    }

    @Test(arguments: all) func `Names are carried over by overlap`(options: GroupingOptions) {
        var scene = Scene()
        // Person 1 was mixed up of two; person 2 lies with the second.
        for id in 0..<5 { scene.add(Int64(id), at: 0, person: 1) }
        for id in 5..<8 { scene.add(Int64(id), at: 10, person: 1) }
        for id in 8..<10 { scene.add(Int64(id), at: 10, person: 2) }
        for id in 10..<13 { scene.add(Int64(id), at: 20) }
        let placement = scene.placement(options)
        #expect(faces(of: 1, in: placement) == [0, 1, 2, 3, 4])
        #expect(faces(of: 2, in: placement) == [5, 6, 7, 8, 9])
        #expect(placement.groups.filter { $0.person == nil }.map { $0.faces.map(\.rawValue) } == [[10, 11, 12]])
    }

    @Test(arguments: all) func `A settled person keeps her name against a larger one`(options: GroupingOptions) {
        var scene = Scene()
        for id in 0..<2 { scene.add(Int64(id), at: 0, person: 1) }
        for id in 2..<9 { scene.add(Int64(id), at: 0, person: 2) }
        for id in 20..<26 { scene.add(Int64(id), at: 50) }
        let placement = scene.placement(options, constraints: PersonConstraints(settled: [PersonID(1)]))
        #expect(faces(of: 1, in: placement).count == 9 && faces(of: 2, in: placement).isEmpty)
    }

    @Test(arguments: all) func `Placed faces stay with their person, wherever they look like`(
        options: GroupingOptions
    ) {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), at: 0, person: 1) }
        scene.add(5, at: 10, person: 1, placed: true)
        scene.add(6, at: 0, person: 1, placed: true)
        for id in 7..<12 { scene.add(Int64(id), at: 10, person: 2, placed: id < 9) }
        let placement = scene.placement(options)
        #expect(Set([5, 6]).isSubset(of: faces(of: 1, in: placement)))
        #expect(Set([7, 8]).isSubset(of: faces(of: 2, in: placement)))
    }

    @Test(arguments: all) func `Two settled people never become one`(options: GroupingOptions) {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), at: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), at: 0.2, person: 2) }
        scene.add(10, at: 0.1)
        let placement = scene.placement(
            options, constraints: PersonConstraints(settled: [PersonID(1), PersonID(2)]))
        #expect(Set(faces(of: 1, in: placement)).isSuperset(of: [0, 1, 2, 3, 4]))
        #expect(Set(faces(of: 2, in: placement)).isSuperset(of: [5, 6, 7, 8, 9]))
    }

    @Test(arguments: all) func `Rejections, separations and photos hold in a draft`(options: GroupingOptions) {
        var scene = Scene()
        for id in 0..<5 { scene.add(Int64(id), at: 0, person: 1) }
        for id in 5..<10 { scene.add(Int64(id), at: 0.1, person: 2) }
        scene.add(10, at: 0)
        scene.add(11, at: 0, photo: 99)
        scene.add(12, at: 0, photo: 99)
        let placement = scene.placement(
            options,
            constraints: PersonConstraints(
                rejections: [FaceID(10): [PersonID(1), PersonID(2)]],
                separations: [PersonPair(PersonID(1), PersonID(2))]))
        #expect(Set(faces(of: 1, in: placement)).isSuperset(of: [0, 1, 2, 3, 4]))
        #expect(Set(faces(of: 2, in: placement)).isSuperset(of: [5, 6, 7, 8, 9]))
        #expect(placement.groups.filter { $0.faces.contains(FaceID(10)) }.allSatisfy { $0.person == nil })
        for group in placement.groups {
            #expect(!(group.faces.contains(FaceID(11)) && group.faces.contains(FaceID(12))))
        }
    }

    @Test(arguments: all) func `Every face is named once`(options: GroupingOptions) {
        var scene = Scene()
        for id in 0..<40 {
            let isPlaced = id % 11 == 1 && id % 3 != 0
            scene.add(Int64(id), at: Float(id % 7) * 1.3, person: id % 3 == 0 ? nil : Int64(id % 5), placed: isPlaced)
        }
        let placement = scene.placement(options)
        let named = placement.groups.flatMap(\.faces) + placement.unknown
        #expect(named.sorted() == (0..<40).map { FaceID(Int64($0)) })
        #expect(Set(placement.groups.compactMap(\.person)).count == placement.groups.compactMap(\.person).count)
    }
}
