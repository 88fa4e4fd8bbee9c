import FaceCore
import FaceStore
import Foundation

/// A library with people in it, whose faces lie on one photo each or together on one.
struct PeopledLibrary {
    let library: TemporaryLibrary
    var store: any LibraryStore { library.store }
    var journal: any PersonJournal { library.store.journal }
    /// Faces on one photo each, in the order of their people.
    let faces: [FaceID]
    let people: [PersonID]

    /// - Parameter sizes: how many faces each person gets; they are the machine's.
    init(_ backend: Backend, _ sizes: [Int], unknown: Int = 0) throws {
        library = try TemporaryLibrary(backend)
        var faces: [FaceID] = []
        var people: [PersonID] = []
        var photo = 100
        for size in sizes {
            var hers: [FaceID] = []
            for _ in 0..<size {
                hers += try library.store.recordFaces(1, onPhoto: photo)
                photo += 1
            }
            faces += hers
            if let person = try library.store.makePerson(of: hers) { people.append(person) }
        }
        for _ in 0..<unknown {
            faces += try library.store.recordFaces(1, onPhoto: photo)
            photo += 1
        }
        self.faces = faces
        self.people = people
    }

    func person(_ index: Int) throws -> Person? { try store.persons.person(people[index]) }

    func owner(_ index: Int) throws -> PersonID? { try store.faces.face(faces[index])?.person }

    /// Whether a face was placed by a user, by its number.
    func isPlaced(_ index: Int) throws -> Bool { try store.faces.face(faces[index])?.isPlacedByUser == true }

    func dump() throws -> String { try LibraryDump(of: store).text }

    func photo(of face: Int) throws -> PhotoID? { try store.faces.face(faces[face])?.photo }
}

extension Sample {
    /// A face that a user draws on a photo.
    static func drawn(on photo: PhotoID, person: PersonID? = nil, number: Int = 77) -> HandDrawnFace {
        var face = face(number).face
        face.box = BoundingBox(x: 600, y: 400, width: 60, height: 70)
        return HandDrawnFace(
            photo: photo, face: face, embedding: self.face(number).embedding,
            quality: FaceQuality(sharpness: 120.5, visibleShare: 0.75), person: person)
    }
}
