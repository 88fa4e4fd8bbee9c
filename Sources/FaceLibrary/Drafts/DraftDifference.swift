public import FaceCore
import FaceStore

/// What applying a draft would change.
///
/// A person is in one of `unchanged`, `changed`, `merged`, `renamed` and `gone`, and perhaps in `split` besides.
public struct DraftDifference: Sendable, Hashable, Codable {
    /// Whoever has the very faces that she had.
    public var unchanged: Int
    /// Who keeps most of her faces under her name, and gains or loses some.
    public var changed: [PersonID]
    /// Whose faces all go to somebody else.
    public var merged: [Passage]
    /// Most of whose faces get somebody else's name, while some go elsewhere.
    public var renamed: [Passage]
    /// Whose faces go apart into several groups: how many faces into each, the largest part first.
    public var split: [Split]
    /// Most of whose faces belong to nobody any more.
    public var gone: [PersonID]
    /// How many faces each new person has.
    public var created: [Int]
    /// Faces that belong to nobody any more.
    public var unknownFaceCount: Int
    /// Faces that change their person, or get or lose one.
    public var movedFaceCount: Int
    /// Some of the moves, spread over the people that they concern.
    public var examples: [Move]

    /// Where the faces of a person go.
    public struct Passage: Sendable, Hashable, Codable {
        public var person: PersonID
        /// Nil: to a new person.
        public var into: PersonID?
        public var faceCount: Int
    }

    public struct Split: Sendable, Hashable, Codable {
        public var person: PersonID
        public var parts: [Int]
    }

    /// A face that goes from one to another.
    public struct Move: Sendable, Hashable, Codable {
        public var face: FaceID
        /// Nil: from nobody.
        public var from: PersonID?
        /// Nil: to a new person, or to nobody when `isUnknown`.
        public var to: PersonID?
        public var isUnknown: Bool
    }

    /// At most so many moves are told.
    static let exampleCount = 100
    /// And of these so many of each pair of people.
    static let examplesOfPair = 4
}

extension DraftDifference {
    /// Where a face ends up.
    fileprivate enum Goal: Hashable {
        case person(PersonID)
        /// The group with this index, a new person.
        case new(Int)
        case nobody
    }

    private struct Route: Hashable {
        let from: PersonID?
        let to: Goal
    }

    /// Compares a placement with whose faces are whose.
    ///
    /// - Parameter present: the person of each face; faces that the placement does not name stay where they are.
    init(_ placement: DraftPlacement, present: [FaceID: PersonID?]) {
        self.init(
            unchanged: 0, changed: [], merged: [], renamed: [], split: [], gone: [], created: [], unknownFaceCount: 0,
            movedFaceCount: 0, examples: [])
        let goals = Self.goals(placement)
        var parts: [PersonID: [Goal: Int]] = [:]
        var arrivals: [PersonID: Int] = [:]
        var told: [Route: Int] = [:]
        for (face, person) in present.sorted(by: { $0.key < $1.key }) {
            let stay = person.map(Goal.person) ?? .nobody
            let goal = goals[face] ?? stay
            if let person { parts[person, default: [:]][goal, default: 0] += 1 }
            guard goal != stay else { continue }
            movedFaceCount += 1
            if goal == .nobody { unknownFaceCount += 1 }
            if case .person(let other) = goal { arrivals[other, default: 0] += 1 }
            let route = Route(from: person, to: goal)
            told[route, default: 0] += 1
            if examples.count < Self.exampleCount, told[route, default: 0] <= Self.examplesOfPair {
                examples.append(Move(face: face, from: person, to: goal.person, isUnknown: goal == .nobody))
            }
        }
        created = placement.groups.filter { $0.person == nil }.map(\.faces.count).sorted(by: >)
        for (person, counts) in parts.sorted(by: { $0.key < $1.key }) {
            describe(person, counts, gains: arrivals[person] != nil)
        }
    }

    private static func goals(_ placement: DraftPlacement) -> [FaceID: Goal] {
        var goals: [FaceID: Goal] = [:]
        for (index, group) in placement.groups.enumerated() {
            for face in group.faces { goals[face] = group.person.map(Goal.person) ?? .new(index) }
        }
        for face in placement.unknown { goals[face] = .nobody }
        return goals
    }

    private mutating func describe(_ person: PersonID, _ counts: [Goal: Int], gains: Bool) {
        let ordered = counts.sorted { left, right in
            left.value != right.value ? left.value > right.value : left.key.order < right.key.order
        }
        guard let (goal, count) = ordered.first else { return }
        if ordered.count > 1 { split.append(Split(person: person, parts: ordered.map { $0.value })) }
        switch goal {
        case .person(let heir) where heir == person:
            if ordered.count == 1, !gains { unchanged += 1 } else { changed.append(person) }
        case .nobody:
            gone.append(person)
        case .person, .new:
            let passage = Passage(person: person, into: goal.person, faceCount: count)
            if ordered.count == 1 { merged.append(passage) } else { renamed.append(passage) }
        }
    }
}

extension DraftDifference.Goal {
    fileprivate var person: PersonID? {
        if case .person(let person) = self { person } else { nil }
    }

    /// For a fixed order among parts of one size.
    fileprivate var order: (Int, Int64) {
        switch self {
        case .person(let person): (0, person.rawValue)
        case .new(let group): (1, Int64(group))
        case .nobody: (2, 0)
        }
    }
}
