import FaceCore

/// Who continues whom: which group of faces keeps which person's id and name, and what therefore changes.
///
/// Each person goes to at most one group and each group to at most one person: settled people first, then who has most
/// faces in a group, then the older one. So names and ids stay with the bulk of the faces.
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
            for member in group.members {
                if let person = scene.faces[member].person { counts[person, default: 0] += 1 }
            }
            claims += counts.map {
                Claim(isSettled: scene.settled.contains($0.key), count: $0.value, person: $0.key, group: index)
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
        let isSettled: Bool
        let count: Int
        let person: PersonID
        let group: Int

        static func < (left: Claim, right: Claim) -> Bool {
            (left.isSettled ? 0 : 1, -left.count, left.person, left.group)
                < (right.isSettled ? 0 : 1, -right.count, right.person, right.group)
        }
    }

    private func isPerson(_ group: FaceGroup) -> Bool {
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
