/// What a server takes in one upload.
public struct RemoteLimits: Sendable, Hashable, Decodable {
    public var filesPerUpload: Int
    public var bytesPerFile: Int
    /// Of the whole form: the photos, and what is written around them.
    public var bytesPerUpload: Int

    /// By default there are none.
    public init(filesPerUpload: Int = .max, bytesPerFile: Int = .max, bytesPerUpload: Int = .max) {
        self.filesPerUpload = filesPerUpload
        self.bytesPerFile = bytesPerFile
        self.bytesPerUpload = bytesPerUpload
    }

    /// Whether a photo may be sent at all.
    public func allow(_ photo: PhotoToSend) -> Bool {
        photo.byteCount <= bytesPerFile && photo.formByteCount <= bytesPerUpload
    }
}

/// What a server says of its configuration, as far as a client has to know.
struct RemoteConfig: Sendable, Hashable, Decodable {
    let limits: RemoteLimits
}
