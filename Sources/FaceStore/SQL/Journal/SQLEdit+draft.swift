import FaceCore

extension SQLEdit {
    /// Brings the library to what a draft says, as far as its faces are still there.
    ///
    /// Faces that came later stay with whom they are. What users said in the meantime outweighs the draft: it is stale when
    /// it would move a face that was placed, group one that is ignored, bring one back to whom it was rejected from, make
    /// one of two who are separated, or go on with somebody who is gone.
    mutating func apply(_ draft: DraftPlacement) throws {
        let present = try visibleFaces()
        let targets = try targets(of: draft, present: present)
        let fates = fates(by: targets, present: present)
        try checkRejections(targets, fates: fates)
        try checkSeparations(fates)
        let persons = try makePersons(for: Set(targets.values))
        for (face, target) in targets.sorted(by: { $0.key < $1.key }) {
            guard let image = present[face] else { continue }
            let person = persons[target]
            if image.person != person { try people.set(face, from: image, to: FaceImage(person: person)) }
        }
        for (person, target) in fates.sorted(by: { $0.key < $1.key }) {
            guard let survivor = persons[target], try PersonTable.isLeftOver(person, in: database) else { continue }
            try people.absorb(person, into: survivor)
        }
        models = try LibraryModel.change(to: draft.model, in: database)
    }

    /// Where a face shall go.
    private enum Target: Hashable {
        case nobody
        case person(Int64)
        /// The draft's group with this index becomes a new person.
        case new(Int)
    }

    private func visibleFaces() throws -> [Int64: FaceImage] {
        let sql = "SELECT id, person_id, is_placed_by_user, is_ignored FROM face WHERE \(FaceTable.isVisible)"
        var faces: [Int64: FaceImage] = [:]
        let rows = try Row.fetchCursor(database.cachedStatement(sql: sql))
        while let row = try rows.next() {
            faces[row[0]] = FaceImage(person: row[1], isPlaced: row[2], isIgnored: row[3])
        }
        return faces
    }

    /// Where those of the draft's faces shall go that are still there.
    private func targets(of draft: DraftPlacement, present: [Int64: FaceImage]) throws -> [Int64: Target] {
        var targets: [Int64: Target] = [:]
        var seen: Set<FaceID> = []
        func send(_ face: FaceID, to target: Target) throws {
            guard seen.insert(face).inserted else { throw FaceStoreError.staleDraft }
            guard let image = present[face.rawValue] else { return }
            let stays = image.person.map { target == .person($0) } ?? (target == .nobody)
            guard stays || !(image.isPlaced || image.isIgnored) else { throw FaceStoreError.staleDraft }
            targets[face.rawValue] = target
        }
        var continued: Set<PersonID> = []
        for (index, group) in draft.groups.enumerated() {
            var target = Target.new(index)
            if let person = group.person {
                guard continued.insert(person).inserted, try PersonTable.exists(person, in: database) else {
                    throw FaceStoreError.staleDraft
                }
                target = .person(person.rawValue)
            }
            for face in group.faces { try send(face, to: target) }
        }
        for face in draft.unknown { try send(face, to: .nobody) }
        return targets
    }

    /// Where people go who lose all their faces to one and the same group.
    private func fates(by targets: [Int64: Target], present: [Int64: FaceImage]) -> [Int64: Target] {
        var left: [Int64: Int] = [:]
        for image in present.values { if let person = image.person { left[person, default: 0] += 1 } }
        var goals: [Int64: Set<Target>] = [:]
        for (face, target) in targets {
            guard let person = present[face]?.person, target != .person(person) else { continue }
            left[person, default: 0] -= 1
            goals[person, default: []].insert(target)
        }
        let arrivals = Set(targets.values)
        var fates: [Int64: Target] = [:]
        for (person, goals) in goals where left[person] == 0 && !arrivals.contains(.person(person)) {
            if goals.count == 1, let goal = goals.first, goal != .nobody { fates[person] = goal }
        }
        return fates
    }

    private func checkRejections(_ targets: [Int64: Target], fates: [Int64: Target]) throws {
        for row in try Row.fetchAll(database.cachedStatement(sql: "SELECT face_id, person_id FROM rejection")) {
            let (face, person): (Int64, Int64) = (row[0], row[1])
            let owner = try people.face(face)?.person
            guard let goal = targets[face] ?? owner.map({ .person($0) }) else { continue }
            var end = Target.person(person)
            // Who is settled stays herself even without a face.
            if let fate = fates[person], try !PersonTable.isDescribed(person, in: database) { end = fate }
            guard goal != end else { throw FaceStoreError.staleDraft }
        }
    }

    private func checkSeparations(_ fates: [Int64: Target]) throws {
        for row in try Row.fetchAll(database.cachedStatement(sql: "SELECT lower_id, higher_id FROM separation")) {
            let (lower, higher): (Int64, Int64) = (row[0], row[1])
            guard fates[lower] ?? .person(lower) != fates[higher] ?? .person(higher) else {
                throw FaceStoreError.staleDraft
            }
        }
    }

    /// Makes the new people among the targets, in the order of their groups. Returns everybody's id.
    private mutating func makePersons(for targets: Set<Target>) throws -> [Target: Int64] {
        var persons: [Target: Int64] = [:]
        var groups: [Int] = []
        for target in targets {
            switch target {
            case .nobody: break
            case .person(let id): persons[target] = id
            case .new(let group): groups.append(group)
            }
        }
        for group in groups.sorted() {
            persons[.new(group)] = try people.insert(PersonImage(createdAt: people.now, updatedAt: people.now))
        }
        return persons
    }
}
