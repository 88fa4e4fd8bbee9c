import FaceClustering
import FaceCore
import Testing

@Suite struct HDBSCANTests {
    @Test(arguments: [Metric.cosine, .euclidean], HDBSCAN.SelectionMethod.allCases)
    func `Groups are never smaller than asked for`(metric: Metric, method: HDBSCAN.SelectionMethod) {
        let faces = SyntheticFaces(people: 20, faces: 1...12, dimension: 32, seed: 6)
        for size in 2...9 {
            let labels = HDBSCAN(minClusterSize: size, clusterSelectionMethod: method, metric: metric)
                .cluster(faces.vectors)
            let counts = Dictionary(grouping: labels.compactMap { $0 }) { $0 }.mapValues(\.count)
            #expect(counts.values.allSatisfy { $0 >= size })
            #expect(counts.count > 1)
        }
    }

    @Test func `The unit of length does not matter`() {
        let faces = SyntheticFaces(people: 12, faces: 2...9, dimension: 16, seed: 7)
        let hdbscan = HDBSCAN(minClusterSize: 3, metric: .euclidean)
        let labels = hdbscan.cluster(faces.vectors)
        #expect(hdbscan.cluster(faces.vectors.scaled(by: 0.25)) == labels)
        #expect(hdbscan.cluster(faces.vectors.scaled(by: 4096)) == labels)
    }

    @Test func `With two samples the order of the faces does not matter`() {
        let faces = SyntheticFaces(people: 12, faces: 2...9, dimension: 16, seed: 7)
        let hdbscan = HDBSCAN(minClusterSize: 3, minSamples: 2, metric: .cosine)
        let labels = hdbscan.cluster(faces.vectors)
        var generator = SeededGenerator(seed: 10)
        for _ in 0..<5 {
            let order = Array(labels.indices).shuffled(using: &generator)
            #expect(restored(hdbscan.cluster(faces.vectors.reordered(order)), from: order) == labels)
        }
    }

    @Test func `One blob is one group only where that is allowed`() {
        var generator = SeededGenerator(seed: 12)
        let blob = VectorSet((0..<40).map { _ in (0..<5).map { _ in Float(generator.normal()) } })
        let single = HDBSCAN(minClusterSize: 15, metric: .euclidean, allowsSingleCluster: true).cluster(blob)
        #expect(Set(single.compactMap { $0 }) == [0])
        let none = HDBSCAN(minClusterSize: 15, metric: .euclidean).cluster(blob)
        #expect(Set(none) == [nil])
    }

    @Test func `An epsilon keeps near groups together`() {
        var generator = SeededGenerator(seed: 13)
        let line = VectorSet(
            [0.0, 1.0, 10.0].flatMap { centre in
                (0..<20).map { _ in [Float(centre + Double.random(in: 0...0.3, using: &generator))] }
            })
        func groupCount(_ hdbscan: HDBSCAN) -> Int { Set(hdbscan.cluster(line).compactMap { $0 }).count }
        #expect(groupCount(HDBSCAN(minClusterSize: 8, metric: .euclidean)) == 3)
        #expect(groupCount(HDBSCAN(minClusterSize: 8, clusterSelectionEpsilon: 2, metric: .euclidean)) == 2)
    }

    @Test func `Too few vectors are noise, and equal ones need not be different`() {
        let hdbscan = HDBSCAN(minClusterSize: 3, metric: .cosine)
        #expect(hdbscan.cluster(VectorSet([])) == [])
        #expect(hdbscan.cluster(VectorSet([[1, 0]])) == [nil])
        #expect(hdbscan.cluster(VectorSet([[1, 0], [0, 1]])) == [nil, nil])
        let equal = VectorSet(Array(repeating: [0.5, 0.25], count: 10))
        #expect(hdbscan.cluster(equal) == Array(repeating: nil, count: 10))
        let pairs = VectorSet((0..<30).map { [Float($0 % 2), 1] })
        #expect(hdbscan.cluster(pairs) == (0..<30).map { $0 % 2 })
    }

    @Test func `Made-up people are told apart`() {
        let faces = SyntheticFaces(people: 40, faces: 4...20, dimension: 128, seed: 23)
        let labels = HDBSCAN(minClusterSize: 3, metric: .cosine).cluster(faces.vectors)
        #expect(GroupingQuality(truth: faces.people, groups: labels).bcubed.f > 0.9)
    }
}
