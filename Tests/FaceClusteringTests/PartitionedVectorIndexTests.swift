import FaceCore
import Testing

@testable import FaceClustering

@Suite struct PartitionedVectorIndexTests {
    private typealias Index = PartitionedVectorIndex<Int>

    /// Faces of people, six each, some way from one another.
    private static func faces(people: Int, dimension: Int, noise: Double) -> [[Float]] {
        var generator = SeededGenerator(seed: 11)
        let centres = (0..<people).map { _ in (0..<dimension).map { _ in generator.normal() } }
        return (0..<people * 6).map { face in
            centres[face % people].map { Float($0 + noise * generator.normal()) }
        }
    }

    private func exact(_ faces: [Int: [Float]], _ query: [Float], _ metric: Metric) -> [VectorMatch<Int>] {
        faces.map { VectorMatch(key: $0.key, distance: metric.distance(query, $0.value)) }
            .sorted { ($0.distance, $0.key) < ($1.distance, $1.key) }
    }

    @Test(arguments: [Metric.cosine, .euclidean])
    func `Looking at all cells gives the exact answer, while vectors come and go`(_ metric: Metric) {
        var generator = SeededGenerator(seed: 5)
        var index = Index(dimension: 24, metric: metric, probes: .max)
        var kept: [Int: [Float]] = [:]
        for (key, face) in Self.faces(people: 60, dimension: 24, noise: 0.5).enumerated() {
            index.add(face, for: key)
            kept[key] = face
        }
        for round in 0..<4 {
            index.divide(into: round == 3 ? 1 : 7 + round)
            #expect(index.cellCount == (round == 3 ? 1 : 7 + round))
            for _ in 0..<60 {
                let key = Int.random(in: 0..<400, using: &generator)
                if Bool.random(using: &generator) {
                    let wasThere = kept.removeValue(forKey: key) != nil
                    let isRemoved = index.remove(key)
                    #expect(isRemoved == wasThere)
                } else {
                    let vector = (0..<24).map { _ in Float(generator.normal()) }
                    index.add(vector, for: key)
                    kept[key] = vector
                }
            }
            #expect(index.count == kept.count)
            let query = (0..<24).map { _ in Float(generator.normal()) }
            let all = exact(kept, query, metric)
            #expect(index.search(query) == all)
            for limit in [0, 1, 5, 1000] { #expect(index.search(query, limit: limit) == Array(all.prefix(limit))) }
            let radius = all[30].distance
            #expect(index.search(query, limit: 50, within: radius) == all.filter { $0.distance <= radius })
            var seen: Set<Int> = []
            let best = all.filter { seen.insert($0.key % 60).inserted }
            for limit in [1, 10, 60] {
                #expect(index.search(query, limit: limit) { $0 % 60 } == Array(best.prefix(limit)))
            }
        }
    }

    @Test(arguments: [Metric.cosine, .euclidean])
    func `A tenth of the cells finds nearly all neighbours, with their exact distances`(_ metric: Metric) {
        let faces = Self.faces(people: 2_000, dimension: 64, noise: 0.4)
        var index = Index(dimension: 64, metric: metric, probes: 11, threads: 2)
        for (key, face) in faces.enumerated() { index.add(face, for: key) }
        #expect(index.wantsDivision)
        index.divide()
        #expect(!index.wantsDivision)
        #expect(index.cellCount == 109)
        let all = Dictionary(uniqueKeysWithValues: faces.enumerated().map { ($0.offset, $0.element) })
        var found = 0
        for key in stride(from: 0, to: 12_000, by: 240) {
            let nearest = exact(all, faces[key], metric).prefix(6)
            let matches = index.search(faces[key], limit: 6)
            #expect(matches.count == 6)
            for match in matches {
                #expect(match.distance == metric.distance(faces[key], faces[match.key]))
            }
            found += Set(matches.map(\.key)).intersection(nearest.map(\.key)).count
        }
        // Of 300.
        #expect(found >= 285)
    }

    @Test func `Vectors that are all the same, or no numbers, are found in their cells or not at all`() {
        var index = Index(dimension: 3, metric: .euclidean, probes: .max)
        for key in 0..<50 { index.add(key < 40 ? [1, 2, 3] : [.nan, 0, 0], for: key) }
        index.divide(into: 5)
        #expect(index.count == 50)
        #expect(index.search([1, 2, 3], limit: 100).map(\.key) == Array(0..<40))
        for key in 0..<50 { index.remove(key) }
        #expect(index.count == 0)
        index.divide()
        #expect(index.search([1, 2, 3], limit: 1).isEmpty)
    }
}
