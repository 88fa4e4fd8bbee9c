import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// What CompreFace calls subjects and their examples: people who have a name, and their faces.
///
/// All calls may block on the database.
struct CompreFaceSubjects: Sendable {
    let library: Library

    /// A face of a subject.
    struct Example: Sendable {
        let face: FaceID
        let photo: PhotoID
        let subject: String
        let person: PersonID
        let embedding: Embedding
    }

    // MARK: Subjects

    func all(_ grant: Grant) throws -> [Person] {
        try library.store.persons.named(nil, in: grant.collection)
    }

    /// - Throws: `APIError.compreFace(.subjectNotFound)`.
    func subject(_ name: String, _ grant: Grant) throws -> Person {
        guard let person = try find(name, grant) else { throw APIError.compreFace(.subjectNotFound(name)) }
        return person
    }

    func find(_ name: String, _ grant: Grant) throws -> Person? {
        // Of several the one who was there first, as for an enrolment.
        try library.store.persons.named(name, in: grant.collection).min { $0.id < $1.id }
    }

    /// - Throws: `APIError.compreFace(.subjectExists)`.
    func create(_ name: String, _ grant: Grant) throws -> Person {
        let name = try PersonName(name).text
        guard try find(name, grant) == nil else { throw APIError.compreFace(.subjectExists) }
        return try library.createPerson(name: name, in: grant.collection)
    }

    /// Renames a subject; where there is one of the new name the two become one.
    func rename(_ name: String, to newName: String, _ grant: Grant) throws {
        let person = try subject(name, grant)
        let newName = try PersonName(newName).text
        guard newName != name else { return }
        if let other = try find(newName, grant) {
            try library.edit(.merge([person.id], into: other.id))
        } else {
            try library.edit(.rename(person.id, to: newName))
        }
    }

    /// With a key for one collection she leaves it; else she is deleted, which can be undone for a while.
    func delete(_ person: PersonID, _ grant: Grant) throws {
        if let collection = grant.collection {
            try library.removeMembers([person], from: collection)
        } else {
            try library.edit(.delete(person))
        }
    }

    func names(of people: [PersonID]) throws -> [PersonID: String] {
        var names: [PersonID: String] = [:]
        for person in Set(people) { names[person] = try library.store.persons.person(person)?.name }
        return names
    }

    // MARK: Examples

    /// - Throws: `APIError.compreFace(.exampleNotFound)`, also for a face of somebody who is no subject of the key's.
    func example(_ id: String, _ grant: Grant) throws -> Example {
        guard let example = try find(example: id, grant) else { throw APIError.compreFace(.exampleNotFound) }
        return example
    }

    func find(example id: String, _ grant: Grant) throws -> Example? {
        guard let id = ExampleID(id), let face = try library.store.faces.face(id.face), let owner = face.person,
            let person = try library.store.persons.person(owner), let name = person.name
        else { return nil }
        if let collection = grant.collection,
            try !library.store.collections.collections(of: owner).contains(where: { $0.id == collection })
        {
            return nil
        }
        return Example(face: face.id, photo: face.photo, subject: name, person: owner, embedding: face.embedding)
    }

    /// Takes a face away from its subject: the photo goes when nobody else is on it and it was sent here, else the face is
    /// of no interest from now on. With a key for one collection photos stay, for they are the library's.
    func delete(_ example: Example, _ grant: Grant) throws {
        let photo = try library.store.photos.photo(example.photo)
        if grant.collection == nil, photo?.upload != nil, try library.store.faces.count(on: example.photo) == 1 {
            try library.deletePhoto(example.photo)
        } else {
            try library.edit(.ignore([example.face]))
        }
    }

    /// A page of all examples, of one subject or of all, in the order of the subjects' ids.
    func examples(
        of name: String?, page: Int, size: Int, _ grant: Grant
    ) throws -> (examples: [(id: ExampleID, subject: String)], total: Int) {
        let people = try name.map { [try subject($0, grant)] } ?? all(grant).sorted { $0.id < $1.id }
        let total = people.reduce(0) { $0 + $1.faceCount }
        let (first, isBeyond) = page.multipliedReportingOverflow(by: size)
        guard !isBeyond else { return ([], total) }
        var examples: [(id: ExampleID, subject: String)] = []
        var passed = 0
        for person in people where examples.count < size {
            defer { passed += person.faceCount }
            guard passed + person.faceCount > first else { continue }
            let faces = try library.store.faces.listed(of: person.id).map(\.id)
            for face in faces.dropFirst(max(0, first - passed)).prefix(size - examples.count) {
                examples.append((ExampleID(face), person.name ?? person.displayName))
            }
        }
        return (examples, total)
    }

    /// Every face of a subject, or of all of them.
    func deleteExamples(of name: String?, _ grant: Grant) throws -> Int {
        let people = try name.map { [try subject($0, grant)] } ?? all(grant)
        var count = 0
        for person in people {
            for face in try library.store.faces.listed(of: person.id) {
                guard let example = try find(example: ExampleID(face.id).text, grant) else { continue }
                try delete(example, grant)
                count += 1
            }
        }
        return count
    }
}
