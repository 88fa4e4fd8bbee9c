import FaceClustering
import FaceCore
import FaceStore

/// What a grouping looks at: all faces in question, who has them, and what users said.
struct GroupingScene {
    let faces: [GroupedFace]
    let vectors: VectorSet
    let constraints: PersonConstraints
    let options: GroupingOptions
    /// The faces of each person, by index, in their order.
    let members: [PersonID: [Int]]
    /// Faces that a place is sought for: of nobody, and no user wants that so.
    let loose: [Int]
    /// People whom the machine never merges with each other.
    let settled: Set<PersonID>
    /// Whom a user told apart from a face or from somebody else, and who has such a face: that would be lost if their faces
    /// were dealt out anew.
    let bound: Set<PersonID>
    /// People who stay as they are when faces come in: settled and bound ones.
    let held: Set<PersonID>
    let dissimilarity: Dissimilarity

    /// - Precondition: one vector a face.
    init(_ faces: [GroupedFace], vectors: VectorSet, constraints: PersonConstraints, options: GroupingOptions) {
        precondition(faces.count == vectors.count, "one vector a face")
        self.faces = faces
        self.vectors = vectors
        self.constraints = constraints
        self.options = options
        var members: [PersonID: [Int]] = [:]
        var loose: [Int] = []
        var settled = constraints.settled
        for (index, face) in faces.enumerated() {
            if let person = face.person {
                members[person, default: []].append(index)
                if face.isPlacedByUser { settled.insert(person) }
            } else if !face.isPlacedByUser {
                loose.append(index)
            }
        }
        self.members = members
        self.loose = loose
        self.settled = settled
        var bound: Set<PersonID> = []
        for persons in constraints.rejections.values { bound.formUnion(persons) }
        for pair in constraints.separations { bound.formUnion([pair.lower, pair.higher]) }
        for face in faces {
            if let person = face.person, constraints.rejections[face.id] != nil { bound.insert(person) }
        }
        self.bound = bound
        held = settled.union(bound)
        dissimilarity = options.metric == .cosine ? .cosine : .squaredEuclidean
    }

    /// The faces by which others are compared with a group: the strong ones; all where there is none.
    func telling(_ members: [Int]) -> [Int] {
        let strong = members.filter { !faces[$0].isWeak }
        return strong.isEmpty ? members : strong
    }

    func isWeak(_ members: [Int]) -> Bool { members.allSatisfy { faces[$0].isWeak } }

    /// A group by the mean of its telling faces.
    func group(_ members: [Int]) -> VectorGroup {
        VectorGroup(telling(members), of: vectors, for: dissimilarity)
    }

    /// A face or a person, by the mean of the faces that tell for her.
    func group(_ atom: Atom) -> VectorGroup {
        VectorGroup(atom.telling ?? telling(atom.members), of: vectors, for: dissimilarity)
    }

    /// Everybody, by the groups that others are compared with.
    func index() -> LinkageIndex<PersonID> {
        var index = LinkageIndex<PersonID>(dimension: vectors.dimension, linkage: linkage)
        for (person, members) in members { index.set(group(members), for: person) }
        return index
    }

    /// Average linkage by the options' threshold.
    var linkage: AverageLinkage { AverageLinkage(threshold: options.eps, dissimilarity: dissimilarity) }

    /// What is moved as a whole: a face, or a person who stays together.
    struct Atom {
        var members: [Int]
        var person: PersonID?
        /// The faces by which others are compared with it; nil for `GroupingScene.telling`.
        var telling: [Int]?
    }

    func atom(of person: PersonID) -> Atom { Atom(members: members[person] ?? [], person: person) }

    /// A person who stays together, without what she adopted in what tells for her.
    ///
    /// Nothing is written down about an adopted face. It is one that is alone when her faces are linked among themselves; what
    /// a user placed tells in any case.
    func standingAtom(of person: PersonID) -> Atom {
        var atom = atom(of: person)
        let strong = telling(atom.members)
        guard (FaceAdoption.minimumCount + 1...Self.largestLinked).contains(strong.count) else { return atom }
        let groups = linkage.merge(vectors: vectors.selecting(strong)).groupOf
        var counts: [Int: Int] = [:]
        for group in groups { counts[group, default: 0] += 1 }
        guard counts.values.contains(where: { $0 >= FaceAdoption.minimumCount }) else { return atom }
        atom.telling = zip(strong, groups).filter { face, group in
            counts[group] != 1 || faces[face].isPlacedByUser
        }.map(\.0)
        return atom
    }

    /// People with more faces are not linked among themselves: what a few adopted ones shift is little there.
    private static let largestLinked = 2000

    /// Whether an atom is somebody who stays as she is when faces come in.
    func isHeld(_ atom: Atom) -> Bool { atom.person.map(held.contains) ?? false }

    /// Whether a user said that two atoms are not the same person.
    func isApart(_ first: Atom, _ second: Atom) -> Bool {
        if let person = first.person, let other = second.person, person != other,
            constraints.separations.contains(PersonPair(person, other))
        {
            return true
        }
        return isRejected(first, from: second.person) || isRejected(second, from: first.person)
    }

    private func isRejected(_ atom: Atom, from person: PersonID?) -> Bool {
        guard let person, !constraints.rejections.isEmpty else { return false }
        return atom.members.contains { constraints.rejections[faces[$0].id]?.contains(person) == true }
    }
}
