import FaceClustering
import Testing

@Suite struct GoldenLabelsTests {
    @Test(arguments: ["dbscan", "hdbscan", "average", "whispers"])
    func `Labels equal the peer's on random sets, up to renaming`(algorithm: String) throws {
        for file in try GoldenCases.files() {
            #expect(file.sets.count >= 20)
            var compared = 0
            for set in file.sets {
                let vectors = file.vectors(of: set)
                for run in set.runs where run.algorithm == algorithm {
                    let clustering = try #require(run.clustering)
                    let isEqual = clustering.cluster(vectors) == run.peerLabels
                    #expect(isEqual, "\(set.name): \(run.summary)")
                    compared += 1
                }
            }
            #expect(compared >= 50)
        }
    }
}
