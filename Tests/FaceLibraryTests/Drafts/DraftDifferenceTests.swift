import FaceCore
import FaceStore
import Testing

@testable import FaceLibrary

@Suite struct DraftDifferenceTests {
    /// Faces 1…10: 1 to 4 are person 1's, 5 to 7 person 2's, 8 and 9 person 3's, 10 is nobody's.
    private let present: [FaceID: PersonID?] = {
        var present: [FaceID: PersonID?] = [:]
        for face in 1...10 { present[FaceID(Int64(face))] = .some(nil) }
        for face in 1...4 { present[FaceID(Int64(face))] = PersonID(1) }
        for face in 5...7 { present[FaceID(Int64(face))] = PersonID(2) }
        for face in 8...9 { present[FaceID(Int64(face))] = PersonID(3) }
        return present
    }()

    private func group(_ person: Int64?, _ faces: ClosedRange<Int64>...) -> DraftPlacement.Group {
        .init(person: person.map { PersonID($0) }, faces: faces.joined().map { FaceID($0) })
    }

    private func difference(_ groups: [DraftPlacement.Group], unknown: [Int64] = []) -> DraftDifference {
        DraftDifference(
            DraftPlacement(groups: groups, unknown: unknown.map { FaceID($0) }, model: ModelID("m")), present: present)
    }

    @Test func `A draft that leaves all as it is changes nobody`() {
        let same = difference([group(1, 1...4), group(2, 5...7), group(3, 8...9)], unknown: [10])
        #expect(same.unchanged == 3 && same.movedFaceCount == 0 && same.examples.isEmpty)
        #expect(same.changed.isEmpty && same.merged.isEmpty && same.split.isEmpty && same.created.isEmpty)
    }

    @Test func `Merged, split, new and changed people are told apart`() {
        let merged = difference([group(1, 1...4, 8...9), group(2, 5...7)], unknown: [10])
        #expect(merged.merged == [.init(person: PersonID(3), into: PersonID(1), faceCount: 2)])
        #expect(merged.changed == [PersonID(1)] && merged.unchanged == 1 && merged.movedFaceCount == 2)

        let split = difference([group(1, 1...3), group(nil, 4...4), group(2, 5...7), group(3, 8...10)])
        #expect(split.split == [.init(person: PersonID(1), parts: [3, 1])])
        #expect(split.changed == [PersonID(1), PersonID(3)] && split.created == [1] && split.unchanged == 1)
        #expect(
            split.examples == [
                .init(face: FaceID(4), from: PersonID(1), to: nil, isUnknown: false),
                .init(face: FaceID(10), from: nil, to: PersonID(3), isUnknown: false),
            ])
    }

    @Test func `Who goes to somebody else in part, or to nobody, is told`() {
        let result = difference([group(1, 1...4, 6...7), group(2, 5...5)], unknown: [8, 9, 10])
        #expect(result.renamed == [.init(person: PersonID(2), into: PersonID(1), faceCount: 2)])
        #expect(result.gone == [PersonID(3)] && result.unknownFaceCount == 2 && result.movedFaceCount == 4)
    }

    @Test func `Faces that the draft does not name stay`() {
        let result = difference([group(1, 1...4)])
        #expect(result.unchanged == 3 && result.movedFaceCount == 0)
    }

    @Test func `Of many moves a few of each kind are told`() {
        var present: [FaceID: PersonID?] = [:]
        for face in 1...2000 { present[FaceID(Int64(face))] = PersonID(Int64(face % 2) + 1) }
        let placement = DraftPlacement(
            groups: [.init(person: PersonID(3), faces: present.keys.sorted())], model: ModelID("m"))
        let result = DraftDifference(placement, present: present)
        #expect(result.movedFaceCount == 2000 && result.examples.count == 8)
    }
}
