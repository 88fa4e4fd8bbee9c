import CArchive
import FaceCore
import Foundation

/// Writes a tar file (POSIX.1-2001) from its beginning to its end.
final class TarWriter {
    private let path: String
    private let descriptor: Int32
    private let archive: OpaquePointer
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: SequentialFile.chunk, alignment: 16)

    /// - Parameter path: of a file that is not there yet.
    /// - Throws: `LibraryError.diskFull`, `.unwritable`.
    init(path: String) throws(LibraryError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LibraryError(code: errno, path: path) }
        guard let archive = archive_write_new() else {
            close(descriptor)
            throw LibraryError(code: ENOMEM, path: path)
        }
        self.archive = archive
        archive_write_set_format_pax_restricted(archive)
        guard archive_write_open_fd(archive, descriptor) == ARCHIVE_OK else { throw failure }
    }

    deinit {
        archive_write_free(archive)
        close(descriptor)
        buffer.deallocate()
    }

    /// Adds a file as an entry and gives its hash back.
    ///
    /// - Throws: `LibraryError.exportInterrupted` when the file is cut off meanwhile, `.diskFull`, `.unwritable`.
    func add(_ file: SequentialFile, as name: String) throws(LibraryError) -> ContentHash {
        try begin(name, byteCount: file.byteCount, modifiedAt: file.modifiedAt)
        var rest = file.byteCount
        while true {
            let bytes = try file.next(into: buffer)
            if bytes.isEmpty { break }
            rest -= Int64(bytes.count)
            guard rest >= 0 else { break }
            try write(bytes)
        }
        guard rest == 0 else { throw .exportInterrupted(reason: "“\(name)” was changed meanwhile") }
        return file.contentHash
    }

    /// Adds an entry.
    func add(_ bytes: [UInt8], as name: String, modifiedAt: Int) throws(LibraryError) {
        try begin(name, byteCount: Int64(bytes.count), modifiedAt: modifiedAt)
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(LibraryError) in try write(buffer) }
        }
        try result.get()
    }

    /// Ends the file and waits until it is on the disk.
    func finish() throws(LibraryError) {
        guard archive_write_close(archive) == ARCHIVE_OK else { throw failure }
        guard fsync(descriptor) == 0 else { throw LibraryError(code: errno, path: path) }
    }

    private func begin(_ name: String, byteCount: Int64, modifiedAt: Int) throws(LibraryError) {
        guard let entry = archive_entry_new() else { throw LibraryError(code: ENOMEM, path: path) }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, name)
        archive_entry_set_filetype(entry, 0o100000)
        archive_entry_set_perm(entry, 0o600)
        archive_entry_set_size(entry, byteCount)
        archive_entry_set_mtime(entry, modifiedAt, 0)
        guard archive_write_header(archive, entry) == ARCHIVE_OK else { throw failure }
    }

    private func write(_ bytes: UnsafeRawBufferPointer) throws(LibraryError) {
        guard bytes.isEmpty || archive_write_data(archive, bytes.baseAddress, bytes.count) == bytes.count else {
            throw failure
        }
    }

    private var failure: LibraryError {
        let code = archive_errno(archive)
        return LibraryError(code: code > 0 ? code : EIO, path: path)
    }
}
