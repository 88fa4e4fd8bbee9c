import FaceClustering
import FaceCore

/// Average linkage by its definition: of all pairs of groups that may merge, the closest, again and again.
struct NaiveAverageLinkage {
    var dissimilarity: Dissimilarity
    var threshold: Double
    var constraints = MergeConstraints.none

    struct Outcome {
        var groupOf: [Int]
        var heights: [Double]
    }

    /// - Parameter members: the vectors of each group at the start.
    func merge(_ members: [[[Float]]]) -> Outcome {
        var groups = members.indices.map { [$0] }
        var heights: [Double] = []
        while true {
            var best: (Int, Int, Double)?
            for first in groups.indices {
                for second in groups.indices where second > first && mayMerge(groups[first], groups[second]) {
                    let value = mean(groups[first].flatMap { members[$0] }, groups[second].flatMap { members[$0] })
                    if value < best?.2 ?? .infinity { best = (first, second, value) }
                }
            }
            guard let best, best.2 <= threshold else { break }
            groups[best.0] += groups[best.1]
            groups.remove(at: best.1)
            heights.append(best.2)
        }
        var groupOf: [Int?] = Array(repeating: nil, count: members.count)
        for (group, parts) in groups.enumerated() { for part in parts { groupOf[part] = group } }
        return Outcome(groupOf: groupOf.numberedByFirstAppearance().compactMap { $0 }, heights: heights)
    }

    private func mayMerge(_ first: [Int], _ second: [Int]) -> Bool {
        for left in first {
            for right in second {
                if !constraints.anchors.isEmpty, let one = constraints.anchors[left],
                    let other = constraints.anchors[right], one != other
                {
                    return false
                }
                if constraints.separated.contains(.init(left, right))
                    || constraints.separated.contains(.init(right, left))
                {
                    return false
                }
            }
        }
        return true
    }

    private func mean(_ first: [[Float]], _ second: [[Float]]) -> Double {
        var sum = 0.0
        for left in first { for right in second { sum += value(left, right) } }
        return sum / Double(first.count * second.count)
    }

    private func value(_ left: [Float], _ right: [Float]) -> Double {
        let distance = (dissimilarity == .cosine ? Metric.cosine : .euclidean).distance(left, right)
        return dissimilarity == .squaredEuclidean ? distance * distance : distance
    }
}
