import Foundation

/// A file of a zip archive, as it is stored: without compression, since photos have theirs.
struct ZipEntry: Sendable {
    enum Content: Sendable {
        /// A file and the bytes it is to have.
        case file(URL, byteCount: Int)
        case bytes([UInt8])
    }

    /// Its name in the archive.
    let name: String
    let content: Content
    /// Seconds since 1970 UTC.
    let modifiedAt: Int

    var byteCount: Int {
        switch content {
        case .file(_, let byteCount): byteCount
        case .bytes(let bytes): bytes.count
        }
    }
}
