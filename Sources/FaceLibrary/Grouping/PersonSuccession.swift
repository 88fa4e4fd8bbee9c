import FaceCore

/// Who continues whom: which group of faces keeps which person's id and name, and what therefore changes.
///
/// Each person goes to at most one group and each group to at most one person: people with placed faces in a group first,
/// then settled ones, then who has most faces in a group, then the older one. So names and ids stay with the bulk of the
/// faces, and placed faces with their person.
struct PersonSuccession {
    let scene: GroupingScene

    /// What brings the groups about. Faces that are in no group stay where they are; a group that continues nobody
    /// becomes a person when it has at least `minFaces` faces, of which one is strong.
    func assignment(to groups: [FaceGroup]) -> PersonAssignment {
        let heirs = heirs(of: groups)
        var result = PersonAssignment()
        for (index, group) in groups.enumerated() {
            if let person = heirs[index] {
                join(group, person, into: &result)
            } else if isPerson(group) {
                result.created.append(group.members.map { take($0, into: &result) })
            } else {
                result.unknown += group.members.map { take($0, into: &result) }
            }
        }
        return result
    }

    /// The person of each group; nil where it continues nobody.
    func heirs(of groups: [FaceGroup]) -> [PersonID?] {
        var claims: [Claim] = []
        for (index, group) in groups.enumerated() {
            var counts: [PersonID: Int] = [:]
            var placed: Set<PersonID> = []
            for face in group.members.map({ scene.faces[$0] }) {
                guard let person = face.person else { continue }
                counts[person, default: 0] += 1
                if face.isPlacedByUser { placed.insert(person) }
            }
            claims += counts.map { person, count in
                let rank = placed.contains(person) ? 0 : scene.settled.contains(person) ? 1 : 2
                return Claim(rank: rank, count: count, person: person, group: index)
            }
        }
        var heirs = [PersonID?](repeating: nil, count: groups.count)
        var taken: Set<PersonID> = []
        for claim in claims.sorted(by: <) where heirs[claim.group] == nil && !taken.contains(claim.person) {
            heirs[claim.group] = claim.person
            taken.insert(claim.person)
        }
        return heirs
    }

    private struct Claim: Comparable {
        /// 0 with placed faces, 1 settled, 2 neither.
        let rank: Int
        let count: Int
        let person: PersonID
        let group: Int

        static func < (left: Claim, right: Claim) -> Bool {
            (left.rank, -left.count, left.person, left.group) < (right.rank, -right.count, right.person, right.group)
        }
    }

    /// Whether a group that continues nobody is a new person.
    func isPerson(_ group: FaceGroup) -> Bool {
        group.members.count >= scene.options.minFaces && !scene.isWeak(group.members)
    }

    private func join(_ group: FaceGroup, _ person: PersonID, into result: inout PersonAssignment) {
        var others: [PersonID: [Int]] = [:]
        for member in group.members {
            guard let other = scene.faces[member].person else {
                result.joined[scene.faces[member].id] = person
                continue
            }
            if other != person { others[other, default: []].append(member) }
        }
        for (other, members) in others {
            if members.count == scene.members[other]?.count {
                result.merged[other] = person
            } else {
                for member in members { result.joined[take(member, into: &result)] = person }
            }
        }
    }

    private func take(_ member: Int, into result: inout PersonAssignment) -> FaceID {
        let face = scene.faces[member]
        if let person = face.person { result.taken[face.id] = person }
        return face.id
    }
}
