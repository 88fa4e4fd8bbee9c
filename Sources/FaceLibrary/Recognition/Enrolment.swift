public import FaceCore
public import FaceStore

/// A photo by which somebody is to be recognised.
public struct EnrolmentPhoto: Sendable {
    /// As the sender calls it.
    public let name: String
    /// Of a file in any format that photos may have.
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// Who is enrolled.
public enum EnrolmentSubject: Sendable, Hashable {
    case person(PersonID)
    /// The member of the collection, or without a collection the person, with exactly this name; somebody new when there is
    /// none.
    case named(String)
}

/// Which photos are taken.
public enum EnrolmentRules: Sendable, Hashable {
    /// Those that somebody is recognised by well: one face, large and sharp enough, and like the person's others.
    case fit
    /// Those that show one face, whatever it is like.
    ///
    /// - Parameter minimumScore: the least detection score; nil for the server's own.
    case anySingleFace(minimumScore: Double?)
}

/// Why a photo was not taken. `code` is what programs go by.
public enum EnrolmentRefusal: UserFacingError, Hashable {
    case noFace
    /// It cannot be told who of them is meant.
    case severalFaces(Int)
    /// The shorter side of the face, and what it has to be, in pixels.
    case tooSmall(side: Int, least: Int)
    case tooBlurred
    /// The face is further from the person's others than her faces may be from each other.
    case unlike
    /// The library has the photo, with the face as that of somebody whom the sender may not change.
    case ofAnother
    /// The file cannot be read.
    case badImage(reason: String)

    public var code: String {
        switch self {
        case .noFace: "no_face"
        case .severalFaces: "several_faces"
        case .tooSmall: "face_too_small"
        case .tooBlurred: "face_too_blurred"
        case .unlike: "face_unlike"
        case .ofAnother: "face_of_another"
        case .badImage: "image_invalid"
        }
    }

    public var message: String {
        switch self {
        case .noFace: "There is no face on the photo."
        case .severalFaces(let count): "There are \(count) faces on the photo; it has to show one person alone."
        case .tooSmall(let side, let least): "The face is \(side) pixels wide; it has to be \(least) at least."
        case .tooBlurred: "The face is too blurred to recognise somebody by."
        case .unlike: "The face is unlike the person's other photos."
        case .ofAnother: "The library has this face already, as somebody else's."
        case .badImage(let reason): reason
        }
    }
}

/// What came of an enrolment.
public struct Enrolment: Sendable {
    public struct Photo: Sendable {
        public let name: String
        public let outcome: Result<EnrolledFace, EnrolmentRefusal>
    }

    /// Who was enrolled; nil when no photo was taken and she was not there before.
    public let person: Person?
    /// In the order in which they came.
    public let photos: [Photo]

    /// The faces that were taken.
    public var faces: [EnrolledFace] { photos.compactMap { try? $0.outcome.get() } }
}

/// A face that somebody is recognised by from now on.
public struct EnrolledFace: Sendable, Hashable {
    public let id: FaceID
    public let box: BoundingBox
    public let detectionScore: Double
}
