public import FaceCore

/// The photos of a set with the faces that were found on them.
public struct AnalyzedSet: Sendable {
    /// A photo that could be read.
    public struct AnalyzedPhoto: Sendable {
        public let label: LabelledPhoto
        public let contentHash: ContentHash
        /// Of the file.
        public let byteCount: Int
        public let metadata: PhotoMetadata
        public let faces: [AnalyzedFace]

        public init(
            label: LabelledPhoto, contentHash: ContentHash, byteCount: Int, metadata: PhotoMetadata,
            faces: [AnalyzedFace]
        ) {
            self.label = label
            self.contentHash = contentHash
            self.byteCount = byteCount
            self.metadata = metadata
            self.faces = faces
        }
    }

    /// A file that was left out, and why, in a sentence.
    public struct LeftOut: Sendable, Hashable {
        public let name: String
        public let reason: String
    }

    /// The model that made the embeddings.
    public let model: ModelID
    /// In the order of the set; each content once.
    public let photos: [AnalyzedPhoto]
    /// Files that could not be read, and further copies of photos.
    public let leftOut: [LeftOut]

    /// A photo that comes again under another name is one photo for a library too: the first one counts.
    public init(model: ModelID, photos: [AnalyzedPhoto], unreadable: [LeftOut] = []) {
        self.model = model
        var kept: [AnalyzedPhoto] = []
        var leftOut = unreadable
        var first: [ContentHash: LabelledPhoto] = [:]
        for photo in photos {
            guard let earlier = first[photo.contentHash] else {
                first[photo.contentHash] = photo.label
                kept.append(photo)
                continue
            }
            let reason =
                earlier.identities == photo.label.identities
                ? "It is a copy of “\(earlier.name)”."
                : "It is a copy of “\(earlier.name)”, which the labels call somebody else."
            leftOut.append(LeftOut(name: photo.label.name, reason: reason))
        }
        self.photos = kept
        self.leftOut = leftOut
    }

    /// All faces, photo by photo, in the order in which they were found.
    var faces: [AnalyzedFace] { photos.flatMap(\.faces) }
}
