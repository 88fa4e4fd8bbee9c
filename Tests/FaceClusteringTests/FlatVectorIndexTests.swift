import FaceClustering
import FaceCore
import Testing

@Suite struct FlatVectorIndexTests {
    private typealias Index = FlatVectorIndex<Int>

    @Test(arguments: [Metric.cosine, .euclidean], [Index.Screen.none, .bytes])
    func `Matches are those of comparing with every vector, while vectors come and go`(
        metric: Metric, screen: FlatVectorIndex<Int>.Screen
    ) {
        var generator = SeededGenerator(seed: 31)
        var index = Index(dimension: 19, metric: metric, screen: screen)
        var kept: [Int: [Float]] = [:]
        for step in 0..<600 {
            let key = Int.random(in: 0..<150, using: &generator)
            if step.isMultiple(of: 3) {
                #expect(index.remove(key) == (kept.removeValue(forKey: key) != nil))
            } else {
                // Few different components, so that distances are equal often.
                let vector = (0..<19).map { _ in Float(Int.random(in: 0...1, using: &generator)) }
                index.add(vector, for: key)
                kept[key] = vector
            }
            #expect(index.count == kept.count)
            guard step.isMultiple(of: 10) else { continue }
            let query = (0..<19).map { _ in Float(generator.normal()) }
            let all = kept.map { VectorMatch(key: $0.key, distance: metric.distance(query, $0.value)) }
                .sorted { ($0.distance, $0.key) < ($1.distance, $1.key) }
            #expect(index.search(query) == all)
            for limit in [0, 1, 5, 1000] { #expect(index.search(query, limit: limit) == Array(all.prefix(limit))) }
            let radius = all.isEmpty ? 1 : all[all.count / 3].distance
            #expect(index.search(query, within: radius) == all.filter { $0.distance <= radius })
            #expect(
                index.search(query, limit: 4, within: radius) == Array(all.filter { $0.distance <= radius }.prefix(4)))
        }
    }

    /// More than a chunk holds, so that several threads take part.
    private static func people(_ metric: Metric) -> (faces: [[Float]], query: [Float]) {
        var generator = SeededGenerator(seed: 7)
        let centres = (0..<300).map { _ in (0..<96).map { _ in Float(generator.normal()) } }
        let faces = (0..<9_000).map { face -> [Float] in
            let length = Float(face % 5 + 1)
            return centres[face % 300].map { centre -> Float in (centre + Float(generator.normal())) * length }
        }
        return (faces, faces[4_321].map { $0 + Float(generator.normal()) })
    }

    @Test(arguments: [Metric.cosine, .euclidean], [Index.Screen.none, .bytes])
    func `Among many vectors the answer is exact, whatever the screen and the threads`(
        metric: Metric, screen: FlatVectorIndex<Int>.Screen
    ) {
        let (faces, query) = Self.people(metric)
        let all = faces.indices.map { VectorMatch(key: $0, distance: metric.distance(query, faces[$0])) }
            .sorted { ($0.distance, $0.key) < ($1.distance, $1.key) }
        for threads in [1, 3] {
            var index = Index(dimension: 96, metric: metric, screen: screen, threads: threads)
            for (key, face) in faces.enumerated() { index.add(face, for: key) }
            for limit in [1, 10, 500] { #expect(index.search(query, limit: limit) == Array(all.prefix(limit))) }
            let radius = all[40].distance
            #expect(index.search(query, within: radius) == Array(all.prefix(41)))
            // Each person by her best face.
            var seen: Set<Int> = []
            let best = all.filter { seen.insert($0.key % 300).inserted }
            for limit in [1, 10, 300, 1000] {
                #expect(index.search(query, limit: limit) { $0 % 300 } == Array(best.prefix(limit)))
            }
        }
    }

    @Test(arguments: [Metric.cosine, .euclidean], [Index.Screen.none, .bytes])
    func `Vectors without length, huge ones and what is no number do no harm`(
        metric: Metric, screen: FlatVectorIndex<Int>.Screen
    ) {
        var index = Index(dimension: 3, metric: metric, screen: screen)
        let vectors: [[Float]] = [
            [0, 0, 0], [1e-20, 0, 0], [3e18, 1, 0], [.nan, 1, 1], [1, 2, 3], [1, 2, 3.0001], [.infinity, 0, 1],
        ]
        for (key, vector) in vectors.enumerated() { index.add(vector, for: key) }
        for query in [[1, 2, 3], [0, 0, 0], [-1, 0, 0]] as [[Float]] {
            let all = vectors.indices.map { VectorMatch(key: $0, distance: metric.distance(query, vectors[$0])) }
                .filter { $0.distance <= .infinity }
                .sorted { ($0.distance, $0.key) < ($1.distance, $1.key) }
            #expect(index.search(query) == all)
            #expect(index.search(query, limit: 2) == Array(all.prefix(2)))
        }
    }

    @Test func `Adding under a known key replaces the vector`() {
        var index = FlatVectorIndex<String>(dimension: 2, metric: .euclidean)
        index.add([0, 0], for: "a")
        index.add([5, 0], for: "b")
        index.add([9, 0], for: "a")
        #expect(index.count == 2)
        #expect(index.search([8, 0], limit: 1) == [VectorMatch(key: "a", distance: 1)])
        #expect(index.search([0, 0], within: 4) == [])
        #expect(index.search([0, 0], within: -1) == [])
    }
}
