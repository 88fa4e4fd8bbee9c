import FaceCore
import FaceStore

extension PeopleModel {
    /// A grouping by the machine.
    ///
    /// - Returns: the faces that stay where they are.
    mutating func group(_ change: GroupingChange) throws(FaceStoreError) -> [FaceID] {
        var kept: [FaceID] = []
        for merge in change.merges { try self.merge(merge) }
        for faces in change.created {
            for face in faces where !isVisible(face.rawValue) { throw .unknownFace(face) }
            guard faces.contains(where: { isFree($0.rawValue) }) else {
                kept += faces
                continue
            }
            let person = newPerson()
            for face in faces { give(face.rawValue, to: person, &kept) }
        }
        for (person, faces) in change.joined.sorted(by: { $0.key < $1.key }) {
            guard now.persons[person.rawValue]?.isDeleted == false else { throw .unknownPerson(person) }
            for face in faces {
                guard isVisible(face.rawValue) else { throw .unknownFace(face) }
                give(face.rawValue, to: person.rawValue, &kept)
            }
        }
        for face in change.released {
            guard isVisible(face.rawValue), let present = now.faces[face.rawValue] else { throw .unknownFace(face) }
            if !present.isPlaced {
                now.faces[face.rawValue]?.person = nil
            } else if present.person != nil {
                kept.append(face)
            }
        }
        settle()
        return kept
    }

    private func isFree(_ face: Int64) -> Bool {
        now.faces[face].map { $0.person == nil && !$0.isPlaced && !$0.isIgnored } ?? false
    }

    private mutating func give(_ face: Int64, to person: Int64, _ kept: inout [FaceID]) {
        guard now.faces[face]?.person != person else { return }
        if isFree(face) && !now.rejections.contains(Rejection(face: face, person: person)) {
            now.faces[face]?.person = person
        } else {
            kept.append(FaceID(face))
        }
    }

    private mutating func merge(_ merge: GroupingChange.Merge) throws(FaceStoreError) {
        let (absorbed, survivor) = (merge.absorbed.rawValue, merge.survivor.rawValue)
        guard absorbed != survivor else { throw .mergeWithSelf(merge.survivor) }
        for person in [merge.absorbed, merge.survivor] where now.persons[person.rawValue]?.isDeleted != false {
            throw .unknownPerson(person)
        }
        let isRejected = now.rejections.contains { rejection in
            let owner = now.faces[rejection.face]?.person
            return rejection.person == absorbed && owner == survivor
                || rejection.person == survivor && owner == absorbed
        }
        if isRejected || now.separations.contains(PersonPair(merge.absorbed, merge.survivor))
            || isSettled(absorbed) && isSettled(survivor)
        {
            throw .bothAreNamed(merge.absorbed, merge.survivor)
        }
        if let details = now.persons[absorbed] { fill(survivor, from: details) }
        absorb(absorbed, into: survivor)
    }

    mutating func addPhoto(_ photo: Int64, faces: [Int64]) {
        now.photos.insert(photo)
        for face in faces { now.faces[face] = Face(photo: photo) }
        lastFace = max(lastFace, faces.max() ?? 0)
    }

    mutating func forget(_ photo: Int64) {
        now.photos.remove(photo)
        for (face, row) in now.faces where row.photo == photo { removeFace(face) }
        for index in undone { entries[index].withdrawn = entries[index].withdrawn.filter { $0.value.photo != photo } }
        settle()
    }

    /// Erases everybody who is deleted.
    mutating func erase() {
        for person in now.persons.filter(\.value.isDeleted).keys.sorted() {
            let herself = absorbed(by: person).union([person])
            for index in entries.indices { entries[index].erase(herself) }
            became = became.filter { !herself.contains($0.key) && !herself.contains($0.value) }
            for face in faces(of: person) { removeFace(face) }
            removePerson(person)
        }
        undone = undone.filter { entries[$0].state == .undone }
        settle()
    }
}
