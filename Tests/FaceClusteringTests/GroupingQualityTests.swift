import FaceClustering
import Testing

@Suite struct GroupingQualityTests {
    @Test func `Right groups score 1 whatever their names`() {
        let quality = GroupingQuality(truth: ["a", "b", "a", "c", "c"], groups: [4, 1, 4, 0, 0])
        #expect(quality.bcubed.f == 1 && quality.pairs.f == 1)
        #expect(quality.faces == 5 && quality.people == 3 && quality.groups == 3)
    }

    @Test func `Mixed groups score as counted by hand`() {
        // Person a: three faces in one group with one of b; the other b alone.
        let quality = GroupingQuality(truth: ["a", "a", "a", "b", "b"], groups: [0, 0, 0, 0, 1])
        #expect(abs(quality.bcubed.precision - (3 * 0.75 + 0.25 + 1) / 5) < 1e-12)
        #expect(abs(quality.bcubed.recall - (3 + 0.5 + 0.5) / 5) < 1e-12)
        #expect(quality.pairs.precision == 3.0 / 6)
        #expect(quality.pairs.recall == 3.0 / 4)
        #expect(abs(quality.pairs.f - 0.6) < 1e-12)
    }

    @Test func `Noise counts as a group of each face alone`() {
        let noise = GroupingQuality(truth: [1, 1, 2], groups: [nil, nil, nil] as [Int?])
        #expect(noise.groups == 3)
        #expect(noise.bcubed.precision == 1)
        #expect(abs(noise.bcubed.recall - (0.5 + 0.5 + 1) / 3) < 1e-12)
        #expect(noise.pairs.precision == 0 && noise.pairs.f == 0)
    }

    @Test func `Nothing to score scores 0`() {
        let nothing = GroupingQuality(truth: [] as [Int], groups: [] as [Int?])
        #expect(nothing.faces == 0 && nothing.bcubed.f == 0 && nothing.pairs.f == 0)
    }
}
