import FaceAnalysis
import FaceClustering
public import FaceCore
public import FaceStore
import Foundation
import Synchronization

extension Recognition {
    /// Has a person recognised by photos: those that are fit for it are kept, the others are refused with a reason.
    ///
    /// The photos become part of the library as if they had been uploaded; the faces are the person's by a user's word.
    ///
    /// - Parameters:
    ///   - collection: which one she is in from now on; nil for none.
    ///   - rules: which photos are taken.
    ///   - membersOnly: leaves alone what the library has as faces of people outside of the collection.
    /// - Throws: `LibraryError.unknownPerson`, `.noModels`, `.shuttingDown`, `.diskFull`, `.unwritable`; `.store` with
    ///   `FaceStoreError.unknownCollection` or what is wrong with a name. Nothing is kept then.
    public func enrol(
        _ photos: [EnrolmentPhoto], as subject: EnrolmentSubject, in collection: CollectionID? = nil,
        rules: EnrolmentRules = .fit, membersOnly: Bool = false
    ) throws(LibraryError) -> Enrolment {
        if let collection { _ = try scope(of: collection) }
        let present = try person(subject, in: collection)
        if case .named(let name) = subject { _ = try storing { () throws(FaceStoreError) in try PersonName(name) } }
        let pack = try pack()
        var outcomes: [Result<EnrolmentCandidate, EnrolmentRefusal>] = []
        for photo in photos { outcomes.append(try candidate(photo, pack, rules)) }
        if rules == .fit {
            outcomes = Self.refusingUnlike(outcomes, EnrolmentCheck(pack: pack), known: try known(present, pack))
        }
        if membersOnly, let collection {
            let members = try scope(of: collection).members
            outcomes = try refusing(outcomes, outside: members)
        }
        let candidates = outcomes.compactMap { try? $0.get() }
        guard !candidates.isEmpty else {
            return Enrolment(person: present, photos: Self.photos(photos, outcomes, faces: []))
        }
        let kept = try library.keep(candidates, pack: pack)
        let person = try known(as: subject, in: collection)
        try library.give(kept.faces, to: person)
        try library.endTask(kept.task)
        return Enrolment(
            person: try storing { () throws(FaceStoreError) in try library.store.persons.person(person) },
            photos: Self.photos(photos, outcomes, faces: kept.faces))
    }

    /// The person whom an enrolment means, made when she is not there, and in the collection from now on. One at a time, so
    /// that two photos that come together do not make two people of one name.
    private func known(as subject: EnrolmentSubject, in collection: CollectionID?) throws(LibraryError) -> PersonID {
        let outcome = naming.turn.withLock { _ in
            Result { () throws(LibraryError) -> PersonID in
                if let present = try person(subject, in: collection) {
                    if let collection { try library.addMembers([present.id], to: collection) }
                    return present.id
                }
                guard case .named(let name) = subject else { throw .unknownPerson("") }
                return try library.createPerson(name: name, in: collection).id
            }
        }
        return try outcome.get()
    }

    /// The person whom an enrolment means, if she is there.
    public func person(
        _ subject: EnrolmentSubject, in collection: CollectionID?
    ) throws(LibraryError) -> Person? {
        let store = library.store
        switch subject {
        case .person(let id):
            let person = try storing { () throws(FaceStoreError) in try store.persons.person(id) }
            guard let person else { throw .unknownPerson(id.description) }
            return person
        case .named(let name):
            let wanted = name.trimmingCharacters(in: .whitespacesAndNewlines)
            let filter = PersonFilter(isNamed: true, collection: collection, text: wanted)
            let found = try library.persons(filter).elements.map(\.person).filter { $0.name == wanted }
            // Of several the one who was there first.
            return found.min { $0.id < $1.id }
        }
    }

    private func candidate(
        _ photo: EnrolmentPhoto, _ pack: AnalysisPack, _ rules: EnrolmentRules
    ) throws(LibraryError) -> Result<EnrolmentCandidate, EnrolmentRefusal> {
        do throws(LibraryError) {
            let (metadata, faces) =
                switch rules {
                case .fit: try analysis(of: photo.bytes, minimumSize: EnrolmentCheck.smallestSize)
                case .anySingleFace(let score):
                    // Not less than is looked for as a rule: who else is on the photo is kept, too.
                    try analysis(of: photo.bytes, minimumScore: score.map { min($0, pack.detection.minimumScore) })
                }
            let check = EnrolmentCheck(pack: pack)
            do throws(EnrolmentRefusal) {
                let face = try check.face(of: faces, rules)
                return .success(
                    EnrolmentCandidate(
                        photo: photo, metadata: metadata, face: face, others: check.others(of: faces, than: face)))
            } catch {
                return .failure(error)
            }
        } catch {
            guard case .badImage(let reason) = error else { throw error }
            return .failure(.badImage(reason: reason))
        }
    }

    private func refusing(
        _ outcomes: [Result<EnrolmentCandidate, EnrolmentRefusal>], outside members: Set<PersonID>
    ) throws(LibraryError) -> [Result<EnrolmentCandidate, EnrolmentRefusal>] {
        var checked: [Result<EnrolmentCandidate, EnrolmentRefusal>] = []
        for outcome in outcomes {
            guard case .success(let candidate) = outcome,
                let owner = try library.owner(of: candidate.face.face.box, on: candidate.photo.bytes),
                !members.contains(owner)
            else {
                checked.append(outcome)
                continue
            }
            checked.append(.failure(.ofAnother))
        }
        return checked
    }

    private func known(_ person: Person?, _ pack: AnalysisPack) throws(LibraryError) -> VectorGroup? {
        guard let person, person.faceCount > 0 else { return nil }
        return try group(of: person.id, pack)
    }

    private static func refusingUnlike(
        _ outcomes: [Result<EnrolmentCandidate, EnrolmentRefusal>], _ check: EnrolmentCheck, known: VectorGroup?
    ) -> [Result<EnrolmentCandidate, EnrolmentRefusal>] {
        let candidates = outcomes.compactMap { try? $0.get() }
        var alike = check.areAlike(candidates.map(\.face.embedding), known: known).makeIterator()
        return outcomes.map { outcome in
            guard case .success = outcome, alike.next() == false else { return outcome }
            return .failure(.unlike)
        }
    }

    private static func photos(
        _ photos: [EnrolmentPhoto], _ outcomes: [Result<EnrolmentCandidate, EnrolmentRefusal>], faces: [FaceID]
    ) -> [Enrolment.Photo] {
        var faces = faces.makeIterator()
        return zip(photos, outcomes).map { photo, outcome in
            Enrolment.Photo(
                name: photo.name,
                outcome: outcome.map { candidate in
                    EnrolledFace(
                        id: faces.next() ?? FaceID(0), box: candidate.face.face.box,
                        detectionScore: candidate.face.face.detectionScore)
                })
        }
    }
}

/// Whose turn it is to make people by their names.
final class NamingTurn: Sendable {
    let turn = Mutex(())
}
