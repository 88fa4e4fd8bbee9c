import FaceCore
public import FaceStore

/// The photos of a scan with what the library knows of them.
public struct ScanResult: Sendable {
    public struct ScannedPhoto: Sendable {
        public let file: PhotoFile
        /// Upright, in pixels; nil when not even the header of the file could be read.
        public let width: Int?
        public let height: Int?
        /// Why the file could not be used.
        public let error: String?
        public let faces: [StoredFace]
    }

    public let photos: [ScannedPhoto]
    /// The people on these photos, by id.
    public let people: [Person]

    public var faceCount: Int { photos.reduce(0) { $0 + $1.faces.count } }
}
