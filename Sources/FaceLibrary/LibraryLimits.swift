/// How much an upload may bring.
public struct LibraryLimits: Sendable, Hashable {
    public var filesPerUpload: Int
    public var bytesPerFile: Int
    public var bytesPerUpload: Int

    public init(filesPerUpload: Int = 1000, bytesPerFile: Int = 100_000_000, bytesPerUpload: Int = 5_000_000_000) {
        self.filesPerUpload = filesPerUpload
        self.bytesPerFile = bytesPerFile
        self.bytesPerUpload = bytesPerUpload
    }
}
