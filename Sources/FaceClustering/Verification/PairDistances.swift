public import FaceCore

/// How far apart the pairs of a labelled set are: those of one person (genuine) and those of two (impostors), counted by
/// distance.
///
/// Distances are counted in steps, of which a million reach from 0 to the largest distance there can be. So memory stays
/// the same however many pairs there are, and every share is exact at a threshold that is a whole number of steps.
public struct PairDistances: Sendable {
    static let stepCount = 1 << 20

    /// The width of a step, in the metric's distance.
    public let step: Double
    /// Pairs of one person.
    public private(set) var genuineCount = 0
    /// Pairs of two people.
    public private(set) var impostorCount = 0
    /// Pairs of one person by step: entry `k` counts distances of more than `k - 1` steps, up to `k` of them.
    private(set) var genuine: [Int]
    /// Pairs of two people, likewise.
    private(set) var impostors: [Int]

    /// - Parameter limit: the largest distance that will be counted, above 0; what is larger counts as this.
    init(upTo limit: Double) {
        step = limit / Double(Self.stepCount)
        genuine = Array(repeating: 0, count: Self.stepCount + 1)
        impostors = genuine
    }

    /// Compares each vector with each other. Time grows with the square of the count.
    ///
    /// - Parameter people: who each vector is.
    /// - Precondition: one person a vector.
    public init<Person: Hashable>(_ vectors: VectorSet, people: [Person], metric: Metric) {
        precondition(vectors.count == people.count, "every vector is somebody's")
        let rows = (0..<vectors.count).map { vectors[$0] }
        var numbers: [Person: Int] = [:]
        let persons = people.map { person in
            let number = numbers[person] ?? numbers.count
            numbers[person] = number
            return number
        }
        self.init(upTo: Self.largestDistance(of: rows, metric))
        for first in rows.indices {
            for second in rows.indices.dropFirst(first + 1) {
                count(metric.distance(rows[first], rows[second]), isGenuine: persons[first] == persons[second])
            }
        }
    }

    mutating func count(_ distance: Double, isGenuine: Bool) {
        let index = min(max(Int((distance / step).rounded(.up)), 0), Self.stepCount)
        if isGenuine {
            genuine[index] += 1
            genuineCount += 1
        } else {
            impostors[index] += 1
            impostorCount += 1
        }
    }

    /// Two vectors are no further apart than their lengths together.
    private static func largestDistance(of rows: [[Float]], _ metric: Metric) -> Double {
        switch metric {
        case .cosine: return 2
        case .euclidean:
            let longest = rows.map { row in row.reduce(0.0) { $0 + Double($1) * Double($1) } }.max() ?? 0
            return longest > 0 ? 2 * longest.squareRoot() : 1
        }
    }
}
