import Crypto
import FaceCore
import FaceStore
import Foundation
import Imaging

/// A file of an upload while it comes in: written, hashed and looked at in one go.
struct IncomingFile {
    let displayName: String
    private(set) var byteCount = 0
    private let url: URL
    private let descriptor: Int32
    private var hasher = SHA256()
    /// The first bytes, by which the format is told.
    private var head: [UInt8] = []

    /// - Throws: `LibraryError.diskFull`, `.unwritable`.
    init(displayName: String, at url: URL) throws(LibraryError) {
        self.displayName = displayName
        self.url = url
        descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LibraryError(code: errno, path: url.path) }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(LibraryError) {
        byteCount += bytes.count
        hasher.update(bufferPointer: bytes)
        if head.count < PhotoFormat.signatureLength {
            head.append(contentsOf: bytes.prefix(PhotoFormat.signatureLength - head.count))
        }
        var written = 0
        while written < bytes.count {
            let count = write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw LibraryError(code: errno, path: url.path)
            }
        }
    }

    /// Brings the file to the disk under its lasting name, or removes it when it is no photo. After this call, also when
    /// it throws, the file is closed.
    ///
    /// - Parameter name: the name without an ending; the photo's format gives that.
    func finish(as name: String, of task: TaskID) throws(LibraryError) -> QueuedFile {
        let format = Result { () throws(ImagingError) in try PhotoFormat(firstBytes: head) }
        var code = (try? format.get()) == nil || fsync(descriptor) == 0 ? 0 : errno
        // Some file systems tell only now that the disk was full.
        if close(descriptor) != 0, code == 0 { code = errno }
        var file = QueuedFile(
            displayName: displayName, storedName: "\(task.name)/\(name)", contentHash: contentHash,
            byteCount: byteCount)
        switch format {
        case .failure(let error):
            unlink(url.path)
            file.rejection = error.message
        case .success(let format):
            file.storedName += "." + format.fileEnding
            let target = url.deletingLastPathComponent().appendingPathComponent("\(name).\(format.fileEnding)")
            if code == 0, rename(url.path, target.path) != 0 { code = errno }
            guard code == 0 else {
                unlink(url.path)
                throw LibraryError(code: code, path: url.path)
            }
        }
        return file
    }

    /// Closes and removes the file.
    func discard() {
        close(descriptor)
        unlink(url.path)
    }

    private var contentHash: ContentHash {
        let digest = hasher.finalize()
        return ContentHash(rawValue: digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined())
    }
}
