import FaceClustering
import Testing

@Suite struct AdoptingLinkageTests {
    private let cosine = AverageLinkage(threshold: 0.6, dissimilarity: .cosine)

    /// A unit vector at given cosines to the first axes; the rest of it lies along an axis of its own.
    private func face(_ cosines: [Int: Double], own axis: Int, dimension: Int = 32) -> [Float] {
        var vector = Array(repeating: 0.0, count: dimension)
        for (axis, cosine) in cosines { vector[axis] = cosine }
        vector[axis] = (1 - cosines.values.reduce(0) { $0 + $1 * $1 }).squareRoot()
        return vector.map { Float($0) }
    }

    /// Photos of a person whose looks are the axis.
    private func person(_ axis: Int, faces: Int, own first: Int) -> [[Float]] {
        (0..<faces).map { face([axis: 0.75], own: first + $0) }
    }

    @Test func `A blurred face joins the person whose centre it is near, though not near to her photos on average`() {
        let vectors = VectorSet(person(0, faces: 5, own: 2) + [face([0: 0.45], own: 10), face([0: 0.38], own: 11)])
        #expect(cosine.cluster(vectors) == [0, 0, 0, 0, 0, 1, 2])
        #expect(AdoptingLinkage(cosine).cluster(vectors) == [0, 0, 0, 0, 0, 0, 1])
    }

    @Test func `Small groups do not adopt, and the nearest of two centres does`() {
        let pair = VectorSet(person(0, faces: 2, own: 2) + [face([0: 0.5], own: 10)])
        #expect(AdoptingLinkage(cosine).cluster(pair) == [0, 0, 1])
        #expect(AdoptingLinkage(cosine, minimumCount: 2).cluster(pair) == [0, 0, 0])
        let two = VectorSet(
            person(0, faces: 4, own: 2) + person(1, faces: 4, own: 6) + [face([0: 0.42, 1: 0.46], own: 10)])
        #expect(AdoptingLinkage(cosine).cluster(two) == [0, 0, 0, 0, 1, 1, 1, 1, 1])
    }

    @Test func `What is adopted does not attract others`() {
        // The second blurred face is near to the first one and not to the person.
        let vectors = VectorSet(
            person(0, faces: 4, own: 2) + [face([0: 0.44], own: 10), face([0: 0.1, 10: 0.3], own: 11)])
        #expect(AdoptingLinkage(cosine).cluster(vectors) == [0, 0, 0, 0, 0, 1])
    }

    @Test func `Constraints hold for adoption too, and are inherited`() {
        let groups =
            (person(0, faces: 4, own: 2) + person(1, faces: 4, own: 6)
            + [face([0: 0.5, 1: 0.45, 12: 0.3], own: 10), face([0: 0.48, 1: 0.46, 12: -0.3], own: 11)]).map {
                VectorGroup($0)
            }
        let adopting = AdoptingLinkage(cosine)
        #expect(adopting.merge(groups: groups) == [0, 0, 0, 0, 1, 1, 1, 1, 0, 0])
        let onOnePhoto = MergeConstraints(separated: [.init(8, 9)])
        #expect(adopting.merge(groups: groups, constraints: onOnePhoto) == [0, 0, 0, 0, 1, 1, 1, 1, 0, 1])
        let rejected = MergeConstraints(separated: [.init(8, 2), .init(8, 5), .init(9, 0)])
        #expect(adopting.merge(groups: groups, constraints: rejected) == [0, 0, 0, 0, 1, 1, 1, 1, 2, 1])
        var anchors = Array(repeating: Int?.none, count: 10)
        anchors[8] = 5
        #expect(
            adopting.merge(groups: groups, constraints: MergeConstraints(anchors: anchors))
                == [0, 0, 0, 0, 1, 1, 1, 1, 2, 0], "a face that a user placed stays where it is")
    }

    @Test(arguments: [Dissimilarity.cosine, .squaredEuclidean])
    func `The index names the groups that adopt`(dissimilarity: Dissimilarity) throws {
        let linkage = AverageLinkage(threshold: dissimilarity == .cosine ? 0.8 : 1.3, dissimilarity: dissimilarity)
        let faces = SyntheticFaces(people: 12, faces: 1...9, dimension: 12, seed: 61)
        let merging = linkage.merge(vectors: faces.vectors)
        var index = LinkageIndex<Int>(dimension: 12, linkage: linkage)
        for group in 0..<merging.groupCount {
            let members = merging.groupOf.indices.filter { merging.groupOf[$0] == group }
            index.set(VectorGroup(members.map { VectorGroup(faces.vectors[$0]) }), for: group)
        }
        index.remove(2)
        let queries = SyntheticFaces(people: 30, faces: 1...1, dimension: 12, seed: 62).vectors
        var found = 0
        for query in 0..<queries.count {
            let vector = VectorGroup(queries[query])
            let all = try (0..<merging.groupCount).compactMap { key -> LinkageIndex<Int>.Match? in
                guard key != 4, let group = index.group(for: key), group.count >= 3 else { return nil }
                let centre = group.centre(for: dissimilarity)
                let value = try #require(dissimilarity.between(vector, centre))
                return value <= linkage.centreThreshold ? .init(key: key, dissimilarity: value) : nil
            }.sorted { ($0.dissimilarity, $0.key) < ($1.dissimilarity, $1.key) }
            found += all.count
            #expect(index.adopters(of: [.init(vector, excluded: [4])], limit: 100) == [all])
            #expect(index.adopters(of: [.init(vector, excluded: [4])], limit: 1) == [Array(all.prefix(1))])
        }
        #expect(found > 10)
    }

    @Test func `A centre is the mean, for the cosine of length 1`() {
        let group = VectorGroup([VectorGroup([1, 0]), VectorGroup([0, 1])])
        #expect(group.centre(for: .squaredEuclidean).mean == [0.5, 0.5])
        let centre = group.centre(for: .cosine)
        #expect(abs(Double(centre.mean[0]) - 0.5.squareRoot()) < 1e-6 && centre.count == 1)
        #expect(VectorGroup([0, 0]).centre(for: .cosine).mean == [0, 0])
    }
}
