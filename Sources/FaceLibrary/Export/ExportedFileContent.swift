import Foundation

/// The bytes of a file that is handed out: those that it had when that was decided, or an error.
final class ExportedFileContent: Sendable {
    private static let pieceLength = 256 * 1024
    private let entry: ZipEntry
    /// -1 where the bytes are in memory.
    private let descriptor: Int32

    /// - Throws: `LibraryError.exportInterrupted` when the file is gone or has another size by now.
    init(_ entry: ZipEntry) throws(LibraryError) {
        self.entry = entry
        guard case .file(let url, let byteCount) = entry.content else {
            descriptor = -1
            return
        }
        // Non-blocking: what was a file may have become a named pipe.
        descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            Int(status.st_size) == byteCount
        else {
            if descriptor >= 0 { close(descriptor) }
            throw Self.changed(entry)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The bytes from a place on, at least one, as many as fit into a piece.
    ///
    /// - Throws: `LibraryError.exportInterrupted` when the file was cut off meanwhile.
    func piece(at position: Int) throws(LibraryError) -> [UInt8] {
        let wanted = min(Self.pieceLength, entry.byteCount - position)
        switch entry.content {
        case .bytes(let bytes): return Array(bytes[position..<position + wanted])
        case .file:
            let piece = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
                var read = pread(descriptor, buffer.baseAddress, wanted, off_t(position))
                while read < 0, errno == EINTR { read = pread(descriptor, buffer.baseAddress, wanted, off_t(position)) }
                count = max(read, 0)
            }
            guard !piece.isEmpty else { throw Self.changed(entry) }
            return piece
        }
    }

    static func changed(_ entry: ZipEntry) -> LibraryError {
        .exportInterrupted(reason: "the file of “\(entry.name)” was changed or removed meanwhile")
    }
}
