import FaceClustering
import FaceCore
import Testing

@Suite struct DBSCANTests {
    private func distance(_ vectors: VectorSet, _ first: Int, _ second: Int, _ metric: Metric) -> Double {
        first == second ? 0 : metric.distance(vectors[first], vectors[second])
    }

    @Test(arguments: [Metric.cosine, .euclidean])
    func `Groups hold to the definition over ranges of eps and samples`(metric: Metric) {
        let faces = SyntheticFaces(people: 12, faces: 1...10, dimension: 20, seed: 2)
        let vectors = faces.vectors
        for eps in [0.2, 0.35, 0.5, 0.7, 0.95] {
            for minSamples in [1, 2, 3, 5, 8] {
                let labels = DBSCAN(eps: eps, minSamples: minSamples, metric: metric).cluster(vectors)
                let neighbours = labels.indices.map { first in
                    labels.indices.filter { distance(vectors, first, $0, metric) <= eps }
                }
                let isCore = neighbours.map { $0.count >= minSamples }
                for index in labels.indices {
                    let cores = neighbours[index].filter { isCore[$0] }
                    #expect((labels[index] == nil) == cores.isEmpty, "noise has no core next to it, and only noise")
                    if isCore[index] {
                        #expect(cores.allSatisfy { labels[$0] == labels[index] })
                    } else if let label = labels[index] {
                        #expect(cores.contains { labels[$0] == label })
                    }
                }
                for label in Set(labels.compactMap { $0 }) {
                    #expect(labels.indices.contains { labels[$0] == label && isCore[$0] }, "every group has a core")
                }
            }
        }
    }

    @Test func `A border between two groups goes to the one whose first core comes first`() {
        // Two triples, each with one core, and a vector in the middle that is next to both cores.
        let line: [Float] = [10, 4, 5, 5.5, 9, 9.5, 7.1]
        let dbscan = DBSCAN(eps: 2, minSamples: 4, metric: .euclidean)
        #expect(dbscan.cluster(VectorSet(line.map { [$0] })) == [0, 1, 1, 1, 0, 0, 1])
        let reversed = DBSCAN(eps: 2, minSamples: 4, metric: .euclidean)
            .cluster(VectorSet(line.reversed().map { [$0] }))
        #expect(reversed == [0, 0, 0, 1, 1, 1, 0])
    }

    @Test func `A distance of exactly eps counts`() {
        let grid = VectorSet((0..<36).map { [Float($0 % 6), Float($0 / 6)] })
        #expect(Set(DBSCAN(eps: 1, minSamples: 3, metric: .euclidean).cluster(grid)) == [0])
        #expect(Set(DBSCAN(eps: 1.0.nextDown, minSamples: 2, metric: .euclidean).cluster(grid)) == [nil])
    }

    @Test func `Numbers that Float cannot multiply are still compared`() {
        let large = VectorSet([[3e30, 0], [3e30, 1e29], [-3e30, 0], [1e-30, 0]])
        #expect(DBSCAN(eps: 2e29, minSamples: 2, metric: .euclidean).cluster(large) == [0, 0, nil, nil])
        let small = VectorSet([[3e-30, 0], [3e-30, 1e-31], [-3e-30, 0]])
        #expect(DBSCAN(eps: 2e-31, minSamples: 2, metric: .euclidean).cluster(small) == [0, 0, nil])
        #expect(DBSCAN(eps: 0.1, minSamples: 2, metric: .cosine).cluster(large) == [0, 0, nil, 0])
    }

    @Test func `Cores keep their groups whatever the order`() {
        let faces = SyntheticFaces(people: 15, faces: 2...9, dimension: 32, seed: 4)
        let dbscan = DBSCAN(eps: 0.5, minSamples: 1, metric: .cosine)
        let labels = dbscan.cluster(faces.vectors)
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<5 {
            let order = Array(labels.indices).shuffled(using: &generator)
            #expect(restored(dbscan.cluster(faces.vectors.reordered(order)), from: order) == labels)
        }
        #expect(dbscan.cluster(faces.vectors.scaled(by: 1024)) == labels, "lengths do not matter to the cosine")
    }

    @Test(arguments: [Metric.cosine, .euclidean])
    func `One thread and several give the same labels`(metric: Metric) {
        let faces = SyntheticFaces(people: 120, faces: 1...12, dimension: 24, seed: 6)
        for eps in [0.3, 0.45, 0.8] {
            let dbscan = DBSCAN(eps: eps, minSamples: 3, metric: metric)
            #expect(dbscan.cluster(faces.vectors, threads: 1) == dbscan.cluster(faces.vectors, threads: 4))
        }
    }

    @Test func `No vectors, one and many equal ones`() {
        let dbscan = DBSCAN(eps: 0.1, minSamples: 2, metric: .cosine)
        #expect(dbscan.cluster(VectorSet([])) == [])
        #expect(dbscan.cluster(VectorSet([[1, 1]])) == [nil])
        #expect(DBSCAN(eps: 0.1, minSamples: 1, metric: .cosine).cluster(VectorSet([[1, 1]])) == [0])
        let equal = VectorSet(Array(repeating: [0.1, 0.2, 0.3], count: 100))
        #expect(dbscan.cluster(equal) == Array(repeating: 0, count: 100))
    }

    @Test func `Made-up people are told apart`() {
        let faces = SyntheticFaces(people: 60, faces: 2...20, dimension: 128, seed: 22)
        let labels = DBSCAN(eps: 0.5, metric: .cosine).cluster(faces.vectors)
        #expect(GroupingQuality(truth: faces.people, groups: labels).bcubed.f > 0.98)
    }
}
