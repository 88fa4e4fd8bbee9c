/// How well groups agree with the people who are really there.
///
/// Pairwise scores count pairs of faces, so a large group weighs with the square of its size; BCubed (Bagga and Baldwin
/// 1998) gives every face the same weight and is what thresholds are chosen by.
public struct GroupingQuality: Sendable, Hashable, Codable {
    /// A share of right answers among those given (precision) and among those there were to give (recall), 0 to 1.
    public struct Score: Sendable, Hashable, Codable {
        public let precision: Double
        public let recall: Double

        public init(precision: Double, recall: Double) {
            self.precision = precision
            self.recall = recall
        }

        /// The harmonic mean of both; 0 when both are 0.
        public var f: Double {
            precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
        }
    }

    /// Faces that were compared.
    public let faces: Int
    /// People among them, by the truth.
    public let people: Int
    /// Groups among them.
    public let groups: Int
    /// Over pairs of faces: of those in one group, how many are one person (precision); of those that are one person,
    /// how many are in one group (recall). 0 where there is no such pair.
    public let pairs: Score
    /// Over faces: of the faces in a face's group, how many are her person (precision); of the faces of her person, how
    /// many are in the group (recall); herself included.
    public let bcubed: Score

    /// Compares face by face.
    ///
    /// - Parameters:
    ///   - truth: who each face is.
    ///   - groups: the group each face was put into; nil, noise, is a group of that face alone.
    /// - Precondition: both have the same count.
    public init<Person: Hashable, Group: Hashable>(truth: [Person], groups: [Group?]) {
        precondition(truth.count == groups.count, "every face has a truth and a group")
        var people: [Person: Int] = [:]
        var personCounts: [Int] = []
        var groupCounts: [Int] = []
        var known: [Group: Int] = [:]
        var cells: [Cell: Int] = [:]
        for (person, group) in zip(truth, groups) {
            let personIndex = people[person] ?? personCounts.count
            if personIndex == personCounts.count {
                people[person] = personIndex
                personCounts.append(0)
            }
            let groupIndex = group.flatMap { known[$0] } ?? groupCounts.count
            if groupIndex == groupCounts.count {
                if let group { known[group] = groupIndex }
                groupCounts.append(0)
            }
            personCounts[personIndex] += 1
            groupCounts[groupIndex] += 1
            cells[Cell(person: personIndex, group: groupIndex), default: 0] += 1
        }
        faces = truth.count
        self.people = personCounts.count
        self.groups = groupCounts.count
        let together = Self.pairCount(cells.values)
        pairs = Score(
            precision: together / max(Self.pairCount(groupCounts), 1),
            recall: together / max(Self.pairCount(personCounts), 1))
        var precision = 0.0
        var recall = 0.0
        // In a fixed order, so that the sums are the same in every run.
        for (cell, count) in cells.sorted(by: { ($0.key.person, $0.key.group) < ($1.key.person, $1.key.group) }) {
            precision += Double(count * count) / Double(groupCounts[cell.group])
            recall += Double(count * count) / Double(personCounts[cell.person])
        }
        let total = Double(max(truth.count, 1))
        bcubed = Score(precision: precision / total, recall: recall / total)
    }

    private struct Cell: Hashable {
        var person: Int
        var group: Int
    }

    private static func pairCount(_ counts: some Sequence<Int>) -> Double {
        counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 }
    }
}
