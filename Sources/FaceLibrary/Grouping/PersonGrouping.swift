import FaceClustering
public import FaceCore
public import FaceStore

/// Groups the faces of the library into people and writes down what changed.
///
/// With average linkage it remembers between two runs who there is (`KnownPeople`), so that a new face does not cost a look at
/// all embeddings of the library: whoever groups more than once keeps one for it.
public struct PersonGrouping: Sendable {
    let options: GroupingOptions
    private let store: any LibraryStore
    let memory = GroupingMemory()

    public init(store: any LibraryStore, options: GroupingOptions) {
        self.store = store
        self.options = options
    }

    /// How often a grouping starts again when others change the library at the same time.
    private static let maximumRounds = 5

    /// Places every face of the model that belongs to nobody yet; the changes of a round are one transaction.
    ///
    /// Another grouping, or a user, may change the library between the reading and the writing. What they placed stays
    /// there, and the people are grouped once more, so that what two groupings made of one person becomes one again.
    ///
    /// - Throws: `FaceStoreError`.
    public func run(model: ModelID) throws {
        if let plan = try carryOut(try plan(for: model), model: model) {
            memory.settle(waiting: plan.assignment.unknown, in: plan.table)
        }
    }

    /// What is to be changed, by what the library held when it was read.
    struct Plan {
        let assignment: PersonAssignment
        /// What it rests on.
        let table: EmbeddingTable
        /// They stay whenever grouping comes: that they did is no sign of anybody else at work.
        let placedByUser: Set<FaceID>
    }

    /// Reads the library and decides; nil when nothing is to be done.
    ///
    /// - Parameter again: people are compared with each other even when no face is without a person.
    func plan(for model: ModelID, again: Bool = false) throws -> Plan? {
        // Most calls find nothing to do, and should cost nothing.
        if !again, try store.faces.unassigned(after: nil, limit: 1).elements.isEmpty { return nil }
        let (table, constraints) = try again || options.algorithm != .average ? everybody(model) : neighbourhood(model)
        let faces = options.faces(of: table)
        guard again || faces.contains(where: { $0.person == nil }) else { return nil }
        let assignment = PersonAssigner(options: options).assign(
            faces, vectors: VectorSet(table), constraints: constraints, comparingEverybody: again)
        guard !assignment.isEmpty else {
            memory.settle(waiting: assignment.unknown, in: table)
            return nil
        }
        return Plan(
            assignment: assignment, table: table, placedByUser: Set(faces.filter(\.isPlacedByUser).map(\.id)))
    }

    private func everybody(_ model: ModelID) throws -> (EmbeddingTable, PersonConstraints) {
        (try store.faces.allEmbeddings(model: model), try store.journal.constraints())
    }

    /// What the faces without a person have to do with, and nothing else of the library.
    private func neighbourhood(_ model: ModelID) throws -> (EmbeddingTable, PersonConstraints) {
        let known = try memory.people(of: store, model: model, options: options)
        // Before the next step, which may fail: what is known is right either way.
        memory.keep(known)
        let table = try known.neighbourhood(in: store)
        return (table, try store.journal.constraints(on: Set(table.persons.compactMap { $0 }).sorted()))
    }

    /// Writes a plan down, and as long as somebody was faster, a new one.
    ///
    /// - Returns: the plan that was written last; nil when there was nothing to write in the end.
    @discardableResult
    func carryOut(_ first: Plan?, model: ModelID) throws -> Plan? {
        var next = first
        for _ in 1..<Self.maximumRounds {
            guard let plan = next else { return nil }
            if try write(plan) == .done { return plan }
            next = try self.plan(for: model, again: true)
        }
        if let plan = next { try store.faces.apply(GroupingChange(plan.assignment)) }
        return next
    }

    private enum Outcome {
        case done
        /// Somebody changed what the plan rests on; what could be written of it was.
        case overtaken
    }

    private func write(_ plan: Plan) throws -> Outcome {
        do throws(FaceStoreError) {
            let result = try store.faces.apply(GroupingChange(plan.assignment))
            return result.kept.allSatisfy { plan.placedByUser.contains($0) } ? .done : .overtaken
        } catch {
            guard error.comesFromALateChange else { throw error }
            return .overtaken
        }
    }
}

extension FaceStoreError {
    /// Whether a change names what was there when the library was read and has gone or got a name since then.
    fileprivate var comesFromALateChange: Bool {
        switch self {
        case .unknownPerson, .unknownFace, .bothAreNamed: true
        default: false
        }
    }
}

extension GroupingChange {
    /// The change that brings an assignment about.
    init(_ assignment: PersonAssignment) {
        var joined: [PersonID: [FaceID]] = [:]
        for (face, person) in assignment.joined.sorted(by: { $0.key < $1.key }) {
            joined[person, default: []].append(face)
        }
        let merges = assignment.merged.sorted { $0.key < $1.key }.map { Merge($0.key, into: $0.value) }
        let released = assignment.unknown.filter { assignment.taken[$0] != nil }
        self.init(
            author: .grouping, merges: merges, created: assignment.created, joined: joined, released: released,
            taken: assignment.taken)
    }
}
