public import Foundation

/// A picture that lies ready in a file.
public struct PictureFile: Sendable, Hashable {
    public var url: URL
    /// Such as `image/jpeg`.
    public var contentType: String
    public var byteCount: Int
    /// For the header `ETag`, with its quotes.
    public var etag: String
    public var modifiedAt: Date
    /// Whether this address will always give these bytes, as long as it gives any: it may be kept by browsers for long.
    public var isImmutable: Bool

    /// - Throws: `LibraryError.unknownPicture` when there is no such file, or it is not a regular one.
    init(_ url: URL, contentType: String, isImmutable: Bool) throws(LibraryError) {
        var status = stat()
        // Not through a symbolic link: it could lead out of the tree.
        guard lstat(url.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .unknownPicture }
        self.url = url
        self.contentType = contentType
        self.isImmutable = isImmutable
        byteCount = Int(status.st_size)
        let nanoseconds = UInt64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ UInt64(status.st_mtim.tv_nsec)
        modifiedAt = Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))
        etag = "\"\(String(nanoseconds, radix: 36))-\(String(byteCount, radix: 36))\""
    }
}
