public import FaceCore

/// An uploaded file that a library needs, and what is in it.
public struct StoredFile: Sendable, Hashable {
    /// `TASK/FILE`, below the folder of uploads.
    public var name: String
    /// The SHA-256 of its bytes when it was uploaded.
    public var contentHash: ContentHash
    public var byteCount: Int

    public init(name: String, contentHash: ContentHash, byteCount: Int) {
        self.name = name
        self.contentHash = contentHash
        self.byteCount = byteCount
    }
}
