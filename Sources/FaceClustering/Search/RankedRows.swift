/// Rows that may be among the best, by bounds on their scores: a row is out once as many groups as are wanted have one that
/// is better for certain.
struct RankedRows<Group: Hashable & Sendable>: Sendable {
    struct Row: Sendable {
        let row: Int
        let group: Group
        /// Its score is not above this one,
        let upper: Float
        /// nor below this one.
        let lower: Float
    }

    private let limit: Int?
    private let floor: Float
    private var seen: [Row] = []
    /// What each of the best groups reaches for certain, at most `limit` of them; in no order.
    private var certain: [(group: Group, lower: Float)] = []
    /// An upper bound that is lower is out of the question.
    private(set) var bound: Float
    /// When rows that are out by now are let go of.
    private var tidyAt = 4096

    /// - Parameters:
    ///   - limit: how many groups are wanted; nil for all.
    ///   - floor: lower scores are not wanted.
    init(limit: Int?, floor: Float) {
        self.limit = limit
        self.floor = floor
        bound = floor
    }

    mutating func offer(_ row: Row) {
        guard !(row.upper < bound) else { return }
        seen.append(row)
        if let limit, !row.lower.isNaN { raiseBound(with: row, limit: limit) }
        if seen.count >= tidyAt {
            seen = open
            tidyAt = max(2 * seen.count, 4096)
        }
    }

    mutating func join(_ other: Self) {
        for row in other.seen { offer(row) }
    }

    /// Those of the rows that may be among the best.
    var open: [Row] { seen.filter { !($0.upper < bound) } }

    private mutating func raiseBound(with row: Row, limit: Int) {
        if let known = certain.firstIndex(where: { $0.group == row.group }) {
            guard row.lower > certain[known].lower else { return }
            certain[known].lower = row.lower
        } else if certain.count < limit {
            certain.append((row.group, row.lower))
        } else if let worst = certain.indices.min(by: { certain[$0].lower < certain[$1].lower }),
            certain[worst].lower < row.lower
        {
            certain[worst] = (row.group, row.lower)
        } else {
            return
        }
        if certain.count == limit, let worst = certain.map(\.lower).min() { bound = max(floor, worst) }
    }
}
