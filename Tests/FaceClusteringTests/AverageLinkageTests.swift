import Testing

@testable import FaceClustering

@Suite struct AverageLinkageTests {
    private static let thresholds: [Dissimilarity: [Double]] = [
        .cosine: [0.2, 0.4, 0.6, 0.9], .squaredEuclidean: [0.4, 0.8, 1.2, 1.8], .euclidean: [0.6, 0.9, 1.1, 1.3],
    ]

    @Test(arguments: Dissimilarity.allCases)
    func `Constrained merges equal those of the closest pair taken each time`(dissimilarity: Dissimilarity) throws {
        var generator = SeededGenerator(seed: 11)
        var constrainedDifferently = 0
        for seed in 0..<25 {
            let faces = SyntheticFaces(people: 5, faces: 1...6, dimension: 6, seed: UInt64(seed))
            let count = faces.vectors.count
            let constraints = MergeConstraints(
                anchors: seed.isMultiple(of: 3)
                    ? [] : (0..<count).map { _ in Int.random(in: 0..<8, using: &generator) }.map { $0 < 3 ? $0 : nil },
                separated: (0..<count / 2).compactMap { _ in
                    let pair = (0..<count).shuffled(using: &generator).prefix(2)
                    return MergeConstraints.Pair(pair[0], pair[1])
                })
            for threshold in try #require(Self.thresholds[dissimilarity]) {
                let linkage = AverageLinkage(threshold: threshold, dissimilarity: dissimilarity)
                let members = (0..<count).map { [faces.vectors[$0]] }
                let naive = NaiveAverageLinkage(
                    dissimilarity: dissimilarity, threshold: threshold, constraints: constraints
                ).merge(members)
                let merging = linkage.merge(vectors: faces.vectors, constraints: constraints)
                #expect(merging.groupOf == naive.groupOf)
                #expect(merging.merges.count == naive.heights.count)
                for (merge, height) in zip(merging.merges, naive.heights) {
                    #expect(abs(merge.dissimilarity - height) < 1e-6)
                }
                if dissimilarity != .euclidean {
                    #expect(linkage.mergeByMeans(faces.vectors, constraints).groupOf == naive.groupOf)
                }
                let free = linkage.merge(vectors: faces.vectors)
                if free.groupOf != merging.groupOf { constrainedDifferently += 1 }
                let freeNaive = NaiveAverageLinkage(dissimilarity: dissimilarity, threshold: threshold).merge(members)
                #expect(free.groupOf == freeNaive.groupOf)
            }
        }
        #expect(constrainedDifferently > 20, "the constraints have to matter for the test to mean anything")
    }

    @Test(arguments: [Dissimilarity.cosine, .squaredEuclidean])
    func `Merging goes on from groups as from all their vectors`(dissimilarity: Dissimilarity) throws {
        for seed in 0..<15 {
            let faces = SyntheticFaces(people: 4, faces: 2...5, dimension: 8, seed: UInt64(100 + seed))
            var generator = SeededGenerator(seed: UInt64(seed))
            // Groups as a user might have made them, right or wrong.
            var members: [[[Float]]] = []
            for index in 0..<faces.vectors.count {
                if !members.isEmpty, Bool.random(using: &generator) {
                    members[Int.random(in: members.indices, using: &generator)].append(faces.vectors[index])
                } else {
                    members.append([faces.vectors[index]])
                }
            }
            let groups = try members.map { group in
                let singles = group.map { VectorGroup($0) }
                let first = try #require(singles.first)
                return singles.dropFirst().reduce(first) { $0.merged(with: $1) }
            }
            let constraints = MergeConstraints(anchors: members.indices.map { $0 < 3 ? $0 : nil })
            for threshold in try #require(Self.thresholds[dissimilarity]) {
                let merging = AverageLinkage(threshold: threshold, dissimilarity: dissimilarity)
                    .merge(groups: groups, constraints: constraints)
                let naive = NaiveAverageLinkage(
                    dissimilarity: dissimilarity, threshold: threshold, constraints: constraints
                ).merge(members)
                #expect(merging.groupOf == naive.groupOf)
                #expect(Set(merging.groupOf.prefix(3)).count == min(3, groups.count), "anchored groups stay apart")
            }
        }
    }

    @Test(arguments: [Dissimilarity.cosine, .squaredEuclidean])
    func `Keeping pairs, keeping means, one thread and many give the same merges`(dissimilarity: Dissimilarity) {
        // Several tiles of pairs, many components, and one component that is everything.
        let faces = SyntheticFaces(people: 90, faces: 1...14, dimension: 24, seed: 17)
        for threshold in dissimilarity == .cosine ? [0.35, 0.7] : [0.7, 1.4] {
            let linkage = AverageLinkage(threshold: threshold, dissimilarity: dissimilarity)
            let one = linkage.merge(vectors: faces.vectors, threads: 1)
            #expect(linkage.merge(vectors: faces.vectors, threads: 4) == one)
            let byMeans = linkage.mergeByMeans(faces.vectors, .none)
            #expect(byMeans.groupOf == one.groupOf)
            #expect(byMeans.merges.map(\.count) == one.merges.map(\.count))
            for (merge, other) in zip(byMeans.merges, one.merges) {
                #expect(merge.first == other.first && merge.second == other.second)
                #expect(abs(merge.dissimilarity - other.dissimilarity) < 1e-12)
            }
        }
    }

    @Test func `What the threshold cannot bring together is in different components`() {
        let line: [Float] = [0, 50, 1, 2, 51, 90]
        let start = StartingGroups(VectorSet(line.map { [$0] }), dissimilarity: .squaredEuclidean)
        let scan = PairScan(vectors: start, limit: 1)
        var components = scan.run(into: LinkageComponents(count: 6), threads: 2)
        #expect(components.members(count: 6) == [[0, 2, 3], [1, 4]])
    }

    @Test func `Merges name their parts by the lowest index and grow in dissimilarity`() {
        let vectors = VectorSet([[0], [10], [1], [10.5], [100]])
        let merging = AverageLinkage(threshold: 500, dissimilarity: .squaredEuclidean).merge(vectors: vectors)
        #expect(merging.merges.map(\.first) == [1, 0, 0])
        #expect(merging.merges.map(\.second) == [3, 2, 1])
        #expect(merging.merges.map(\.count) == [2, 2, 4])
        #expect(merging.merges.map(\.dissimilarity) == [0.25, 1, 95.375])
        #expect(merging.groupOf == [0, 0, 0, 0, 1])
        #expect(merging.groupCount == 2)
    }

    @Test func `A separated pair keeps all that joined its two sides apart`() {
        // Three faces in a row; the outer two are different people although the middle one would join them.
        let vectors = VectorSet([[0], [1], [2.2]])
        let linkage = AverageLinkage(threshold: 100, dissimilarity: .euclidean)
        let apart = MergeConstraints(separated: [.init(2, 0)])
        #expect(linkage.merge(vectors: vectors, constraints: apart).groupOf == [0, 0, 1])
        #expect(linkage.merge(vectors: vectors).groupOf == [0, 0, 0])
    }

    @Test func `An anchor holds for all that joined it`() {
        let vectors = VectorSet([[0], [1], [2.2], [3.1]])
        let linkage = AverageLinkage(threshold: 100, dissimilarity: .squaredEuclidean)
        let named = MergeConstraints(anchors: [7, nil, nil, 8])
        #expect(linkage.merge(vectors: vectors, constraints: named).groupOf == [0, 0, 1, 1])
        let same = MergeConstraints(anchors: [7, nil, nil, 7])
        #expect(linkage.merge(vectors: vectors, constraints: same).groupOf == [0, 0, 0, 0])
    }

    @Test(arguments: Dissimilarity.allCases)
    func `A larger threshold only joins groups of a smaller one`(dissimilarity: Dissimilarity) {
        let faces = SyntheticFaces(people: 12, faces: 1...9, dimension: 24, seed: 5)
        var previous: [Int?] = (0..<faces.vectors.count).map { $0 }
        for step in 0..<20 {
            let linkage = AverageLinkage(threshold: Double(step) * 0.13, dissimilarity: dissimilarity)
            let labels = linkage.cluster(faces.vectors)
            let pairs = Set(zip(previous, labels).map { [$0, $1] })
            #expect(pairs.count == Set(previous).count, "no group of the smaller threshold is split")
            previous = labels
        }
        #expect(Set(previous).count == 1)
    }

    @Test(arguments: Dissimilarity.allCases)
    func `The order of the faces and the unit of length do not matter`(dissimilarity: Dissimilarity) {
        let faces = SyntheticFaces(people: 10, faces: 1...8, dimension: 16, seed: 8)
        let threshold = dissimilarity == .euclidean ? 1.0 : 0.5
        let linkage = AverageLinkage(threshold: threshold, dissimilarity: dissimilarity)
        let labels = linkage.cluster(faces.vectors)
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<5 {
            let order = Array(labels.indices).shuffled(using: &generator)
            #expect(restored(linkage.cluster(faces.vectors.reordered(order)), from: order) == labels)
        }
        for factor: Float in [0.125, 64] {
            var scaled = linkage
            switch dissimilarity {
            case .cosine: break
            case .euclidean: scaled.threshold *= Double(factor)
            case .squaredEuclidean: scaled.threshold *= Double(factor * factor)
            }
            #expect(scaled.cluster(faces.vectors.scaled(by: factor)) == labels)
        }
    }

    @Test func `No vectors, one and many equal ones are grouped too`() {
        for dissimilarity in Dissimilarity.allCases {
            let linkage = AverageLinkage(threshold: 0.001, dissimilarity: dissimilarity)
            #expect(linkage.cluster(VectorSet([])) == [])
            #expect(linkage.cluster(VectorSet([[1, 2]])) == [0])
            #expect(
                linkage.cluster(VectorSet(Array(repeating: [0.3, 0.1, 7], count: 50))) == Array(repeating: 0, count: 50)
            )
        }
        #expect(AverageLinkage(threshold: 1, dissimilarity: .cosine).merge(groups: []).groupOf == [])
    }

    @Test func `A vector of length 0 is at cosine distance 1 from all`() {
        let vectors = VectorSet([[0, 0], [1, 0], [1, 0.1]])
        #expect(AverageLinkage(threshold: 0.9, dissimilarity: .cosine).cluster(vectors) == [0, 1, 1])
        #expect(AverageLinkage(threshold: 1.1, dissimilarity: .cosine).cluster(vectors) == [0, 0, 0])
    }

    @Test func `What a group keeps gives the mean over all pairs`() throws {
        var generator = SeededGenerator(seed: 3)
        let first = (0..<4).map { _ in generator.direction(9).map { Float($0) } }
        let second = (0..<3).map { _ in generator.direction(9).map { Float($0) } }
        func group(_ vectors: [[Float]]) throws -> VectorGroup {
            let singles = vectors.map { VectorGroup($0) }
            let head = try #require(singles.first)
            return singles.dropFirst().reduce(head) { $0.merged(with: $1) }
        }
        let (left, right) = (try group(first), try group(second))
        #expect(left.count == 4 && abs(left.meanSquaredNorm - 1) < 1e-6)
        for dissimilarity in [Dissimilarity.cosine, .squaredEuclidean] {
            let naive = NaiveAverageLinkage(dissimilarity: dissimilarity, threshold: 10).merge([first, second])
            let value = try #require(dissimilarity.between(left, right))
            #expect(abs(value - naive.heights[0]) < 1e-6)
        }
        #expect(Dissimilarity.euclidean.between(left, right) == nil)
    }

    @Test func `Made-up people are told apart`() {
        let faces = SyntheticFaces(people: 60, faces: 1...20, dimension: 128, seed: 21)
        let labels = AverageLinkage(threshold: 0.6, dissimilarity: .cosine).cluster(faces.vectors)
        let quality = GroupingQuality(truth: faces.people, groups: labels)
        #expect(quality.bcubed.f > 0.995)
        #expect(quality.pairs.precision > 0.999)
    }
}

extension AverageLinkage {
    /// As where components are too large for their pairs to be kept.
    fileprivate func mergeByMeans(_ vectors: VectorSet, _ constraints: MergeConstraints) -> Merging {
        merge(
            StartingGroups(vectors, dissimilarity: dissimilarity), constraints: constraints, threads: 2, pairLimit: 1)
    }
}
