import FaceClustering
import FaceCore
import Testing

@Suite struct ChineseWhispersTests {
    @Test func `Two crowds joined by one unlucky pair stay two`() {
        // Each crowd is all within 0.5; only the last of the left and the first of the right are neighbours across.
        let line: [Float] = [0, 0.1, 0.2, 0.3, 0.4, 0.85, 0.95, 1.05, 1.15, 1.25]
        let vectors = VectorSet(line.map { [$0] })
        let labels = ChineseWhispers(threshold: 0.5, metric: .euclidean).cluster(vectors)
        #expect(labels == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
        #expect(Set(DBSCAN(eps: 0.5, metric: .euclidean).cluster(vectors)) == [0], "where DBSCAN chains")
    }

    @Test func `The same seed gives the same labels, and chance decides no clear case`() {
        let faces = SyntheticFaces(people: 40, faces: 1...15, dimension: 64, seed: 12)
        let labels = ChineseWhispers(threshold: 0.55, metric: .cosine).cluster(faces.vectors)
        #expect(GroupingQuality(truth: faces.people, groups: labels).bcubed.f > 0.98)
        #expect(labels == ChineseWhispers(threshold: 0.55, metric: .cosine).cluster(faces.vectors))
        #expect(labels == ChineseWhispers(threshold: 0.55, metric: .cosine, seed: 7).cluster(faces.vectors))
    }

    @Test func `A distance of exactly the threshold is no edge`() {
        let vectors = VectorSet([[0], [1], [1.5]])
        #expect(ChineseWhispers(threshold: 1, metric: .euclidean).cluster(vectors) == [0, 1, 1])
        #expect(ChineseWhispers(threshold: 0.5, metric: .euclidean).cluster(vectors) == [0, 1, 2])
    }

    @Test func `No vectors, one and many equal ones are grouped too`() {
        let whispers = ChineseWhispers(threshold: 0.1, metric: .cosine)
        #expect(whispers.cluster(VectorSet([])) == [])
        #expect(whispers.cluster(VectorSet([[1, 1]])) == [0])
        #expect(
            whispers.cluster(VectorSet(Array(repeating: [0.1, 0.2, 0.3], count: 50))) == Array(repeating: 0, count: 50))
    }
}
