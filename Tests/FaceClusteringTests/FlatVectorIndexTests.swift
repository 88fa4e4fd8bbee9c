import FaceClustering
import FaceCore
import Testing

@Suite struct FlatVectorIndexTests {
    @Test(arguments: [Metric.cosine, .euclidean])
    func `Matches are those of comparing with every vector, while vectors come and go`(metric: Metric) {
        var generator = SeededGenerator(seed: 31)
        var index = FlatVectorIndex<Int>(dimension: 19, metric: metric)
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
