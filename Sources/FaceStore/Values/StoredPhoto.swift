public import FaceCore
public import Foundation

/// A photo of the library: one content, wherever and however often it lies on disk.
public struct StoredPhoto: Sendable, Hashable {
    public let id: PhotoID
    public let contentHash: ContentHash
    /// Size of the file in bytes.
    public let byteCount: Int
    /// What the file says of itself; nil only when the photo failed before its header could be read.
    public let metadata: PhotoMetadata?
    public let state: PhotoState
    /// When the library first met this content, to the millisecond.
    public let addedAt: Date
    /// The uploaded file in which the photo lies; nil for one that was only ever met elsewhere, at its locations.
    public let upload: PhotoUpload?
    /// The limits of its analysis; nil when they were not recorded.
    public let limits: AnalysisLimits?
    /// Whether faces of it were erased with a person, so that only a new analysis would find all.
    public let lacksErasedFaces: Bool

    public init(
        id: PhotoID, contentHash: ContentHash, byteCount: Int, metadata: PhotoMetadata?, state: PhotoState,
        addedAt: Date, upload: PhotoUpload? = nil, limits: AnalysisLimits? = nil, lacksErasedFaces: Bool = false
    ) {
        self.id = id
        self.contentHash = contentHash
        self.byteCount = byteCount
        self.metadata = metadata
        self.state = state
        self.addedAt = addedAt
        self.upload = upload
        self.limits = limits
        self.lacksErasedFaces = lacksErasedFaces
    }

    /// Whether the stored faces are all that an analysis with these limits would find, so that a file with the same
    /// content need not be analysed. Limits that were not recorded are taken to cover all.
    public func covers(_ limits: AnalysisLimits) -> Bool {
        state.isAnalyzed && !lacksErasedFaces && (self.limits?.covers(limits) ?? true)
    }
}

/// The uploaded file that holds a photo.
public struct PhotoUpload: Sendable, Hashable {
    /// `TASK/FILE` below the folder of uploads, URL-safe.
    public let storedName: String
    /// As the user named it.
    public let displayName: String

    public init(storedName: String, displayName: String) {
        self.storedName = storedName
        self.displayName = displayName
    }
}

/// How far a photo has come.
public enum PhotoState: Sendable, Hashable {
    /// Its faces (perhaps none) are stored, with embeddings of that model.
    case analyzed(model: ModelID)
    /// It could not be analysed; the reason is a sentence for people. The next run may try again.
    case failed(reason: String)

    /// Whether the faces of the photo are stored.
    public var isAnalyzed: Bool {
        if case .analyzed = self { true } else { false }
    }
}

/// A photo about to be stored with its faces.
public struct NewPhoto: Sendable, Hashable {
    public var contentHash: ContentHash
    /// Size of the file in bytes, at least 0.
    public var byteCount: Int
    public var metadata: PhotoMetadata
    /// The model that made the embeddings of its faces; also named when there are none.
    public var model: ModelID
    /// The limits of the analysis; nil when they are of no interest.
    public var limits: AnalysisLimits?

    public init(
        contentHash: ContentHash, byteCount: Int, metadata: PhotoMetadata, model: ModelID,
        limits: AnalysisLimits? = nil
    ) {
        self.contentHash = contentHash
        self.byteCount = byteCount
        self.metadata = metadata
        self.model = model
        self.limits = limits
    }
}

/// A file whose bytes could be read but not analysed.
public struct FailedPhoto: Sendable, Hashable {
    public var contentHash: ContentHash
    /// Size of the file in bytes, at least 0.
    public var byteCount: Int
    /// Nil when not even the header could be read.
    public var metadata: PhotoMetadata?
    /// A sentence for people.
    public var reason: String

    public init(contentHash: ContentHash, byteCount: Int, metadata: PhotoMetadata? = nil, reason: String) {
        self.contentHash = contentHash
        self.byteCount = byteCount
        self.metadata = metadata
        self.reason = reason
    }
}

/// What became of a photo that was handed to the library.
public struct RecordedPhoto: Sendable, Hashable {
    public enum Outcome: Sendable, Hashable {
        /// The photo is new to the library, or had failed until now.
        case added
        /// The same content was there before: nothing but its location was written.
        case alreadyKnown
    }

    public let outcome: Outcome
    public let photo: StoredPhoto
    /// The faces as they are stored, in the order of the detector; of a known photo those of its first analysis.
    public let faces: [StoredFace]
    /// A photo that lay at this path before and now lies nowhere: the file was overwritten. It and its faces stay in
    /// the library until `PhotoRepository.forget(_:)`.
    public let displaced: PhotoID?

    public init(outcome: Outcome, photo: StoredPhoto, faces: [StoredFace], displaced: PhotoID? = nil) {
        self.outcome = outcome
        self.photo = photo
        self.faces = faces
        self.displaced = displaced
    }
}
