import FaceClustering
import FaceCore
import FaceLibrary
import Foundation

/// Faces as unit vectors, and the people that the assigner makes of them, without a database.
struct MadeUpLibrary {
    let assigner: PersonAssigner
    private(set) var vectors: [[Float]] = []
    /// In the order in which the faces were added.
    private(set) var people: [PersonID?] = []
    private var photos: [PhotoID] = []
    private var lastPerson: Int64 = 0

    init(_ options: GroupingOptions) { assigner = PersonAssigner(options: options) }

    /// Adds a photo with faces, and groups them.
    mutating func add(_ faces: [[Float]]) {
        let photo = PhotoID(Int64(photos.count) + 1)
        vectors += faces
        people += faces.map { _ in nil }
        photos += faces.map { _ in photo }
        group()
    }

    /// Adds photos of one face each, and groups them all at once.
    mutating func addTogether(_ faces: [[Float]]) {
        for face in faces {
            photos.append(PhotoID(Int64(photos.count) + 1))
            vectors.append(face)
            people.append(nil)
        }
        group()
    }

    private mutating func group() {
        let faces = people.indices.map {
            GroupedFace(id: FaceID(Int64($0)), photo: photos[$0], person: people[$0])
        }
        let assignment = assigner.assign(faces, vectors: VectorSet(vectors))
        people = people.map { person in person.map { assignment.merged[$0] ?? $0 } }
        for (face, person) in assignment.joined { people[Int(face.rawValue)] = person }
        for face in assignment.unknown { people[Int(face.rawValue)] = nil }
        for group in assignment.created {
            lastPerson += 1
            for face in group { people[Int(face.rawValue)] = PersonID(lastPerson) }
        }
    }
}

/// Unit vectors like those of ArcFace: a face's cosine to what its person looks like is 0.79 on average, sometimes as
/// little as 0.4.
struct MadeUpPeople {
    private var random: SplitMix
    let dimension: Int

    init(seed: UInt64, dimension: Int = 128) {
        random = SplitMix(seed: seed)
        self.dimension = dimension
    }

    mutating func direction() -> [Float] {
        // The sum of twelve uniform numbers is roughly normal.
        Self.unit(
            (0..<dimension).map { _ in (0..<12).reduce(Float(-6)) { sum, _ in sum + .random(in: 0..<1, using: &random) }
            })
    }

    mutating func face(of centre: [Float]) -> [Float] {
        let lost = -0.06 * (log(1 - .random(in: 0..<1, using: &random)) + log(1 - .random(in: 0..<1, using: &random)))
        return face(of: centre, cosine: min(max(0.91 - Float(lost), 0.4), 0.95))
    }

    /// A face that is so far from what its person looks like.
    mutating func face(of centre: [Float], cosine: Float) -> [Float] {
        let random = direction()
        let along = zip(random, centre).reduce(0) { $0 + $1.0 * $1.1 }
        let away = Self.unit(zip(random, centre).map { $0 - along * $1 })
        return zip(centre, away).map { cosine * $0 + (1 - cosine * cosine).squareRoot() * $1 }
    }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] { elements.shuffled(using: &random) }

    mutating func count(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }

    static func unit(_ vector: [Float]) -> [Float] {
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return vector.map { $0 / length }
    }
}

/// Random numbers that are the same everywhere (Steele, Lea and Flood 2014).
private struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
