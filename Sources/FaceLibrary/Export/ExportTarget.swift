import Foundation

/// Writes exports into files and folders of the user's, which are never written over.
public struct ExportTarget: Sendable {
    private let path: String

    /// - Parameter path: absolute.
    public init(path: String) {
        self.path = path
    }

    /// Writes a file, as a whole or not at all. Blocks.
    ///
    /// - Throws: `LibraryError.exportExists`, `.exportInterrupted`, `.diskFull`, `.unwritable`, `.store`.
    public func write(_ stream: ExportStream) throws(LibraryError) {
        guard !Self.exists(path) else { throw .exportExists(path: path) }
        try Self.write(to: path) { () throws(LibraryError) in try stream.next() }
    }

    /// Writes photos into a folder, which is made when it is missing. Blocks.
    ///
    /// - Throws: `LibraryError.exportExists` when the folder holds anything, `.exportInterrupted`, `.diskFull`,
    ///   `.unwritable`. Photos that were written before stay.
    public func write(_ photos: PhotoCollection) throws(LibraryError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let present = try FileManager.default.contentsOfDirectory(atPath: path)
            guard present.isEmpty else { throw LibraryError.exportExists(path: path) }
        } catch let error as LibraryError {
            throw error
        } catch {
            throw Self.exists(path) ? .exportExists(path: path) : LibraryError(code: errno, path: path)
        }
        for entry in photos.files {
            let content = try ExportedFileContent(entry)
            var position = 0
            let file = path + "/" + entry.name
            try Self.write(to: file) { () throws(LibraryError) in
                guard position < entry.byteCount else { return nil }
                let piece = try content.piece(at: position)
                position += piece.count
                return piece
            }
            var times = [timespec(), timespec()]
            for index in times.indices { times[index].tv_sec = entry.modifiedAt }
            // The photo's own age is a courtesy: a file system that has no such times has the photo all the same.
            _ = utimensat(AT_FDCWD, file, times, 0)
        }
    }

    private static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Under another name first, to the disk, then in its place.
    private static func write(
        to path: String, _ next: () throws(LibraryError) -> [UInt8]?
    ) throws(LibraryError) {
        let folder = (path as NSString).deletingLastPathComponent
        let temporary = folder + "/.lik-" + UUID().uuidString
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw LibraryError(code: errno, path: path) }
        do throws(LibraryError) {
            defer { close(descriptor) }
            while let piece = try next() { try write(piece, to: descriptor, path) }
            guard fsync(descriptor) == 0 else { throw LibraryError(code: errno, path: path) }
        } catch {
            unlink(temporary)
            throw error
        }
        // A link takes no other file's place, whoever was quicker; a file system without links gets a rename.
        if link(temporary, path) != 0 {
            let code = errno
            if code == EPERM || code == EOPNOTSUPP, rename(temporary, path) == 0 { return }
            unlink(temporary)
            throw code == EEXIST ? .exportExists(path: path) : LibraryError(code: code, path: path)
        }
        unlink(temporary)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(LibraryError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LibraryError(code: errno, path: path) }
            written += count
        }
    }
}
