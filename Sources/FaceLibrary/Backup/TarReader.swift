import CArchive
import Foundation

/// Reads a tar file, be it compressed by gzip, from its beginning to its end.
final class TarReader {
    struct Entry {
        let name: String
        /// Seconds since 1970.
        let modifiedAt: Int
    }

    private let path: String
    private let archive: OpaquePointer
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: SequentialFile.chunk, alignment: 16)
    private var isBegun = false

    /// - Throws: `BackupError.unreadable`, `.notABackup`.
    init(path: String) throws(BackupError) {
        self.path = path
        guard access(path, R_OK) == 0 else {
            throw .unreadable(path: path, reason: String(cString: strerror(errno)).lowercased())
        }
        guard let archive = archive_read_new() else { throw .unreadable(path: path, reason: "not enough memory") }
        self.archive = archive
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_tar(archive)
        guard archive_read_open_filename(archive, path, SequentialFile.chunk) == ARCHIVE_OK else {
            throw .notABackup(path: path)
        }
    }

    deinit {
        archive_read_free(archive)
        buffer.deallocate()
    }

    /// The next file in it; nil at the end.
    ///
    /// - Throws: `BackupError.notABackup` when there is not even a first one, `.truncated`, `.changed` for what is no file.
    func next() throws(BackupError) -> Entry? {
        var entry: OpaquePointer?
        var status = archive_read_next_header(archive, &entry)
        while status == ARCHIVE_RETRY { status = archive_read_next_header(archive, &entry) }
        if status == ARCHIVE_EOF { return nil }
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
            throw isBegun ? .truncated(path: path) : .notABackup(path: path)
        }
        isBegun = true
        let regularFile: mode_t = 0o100000
        guard archive_entry_filetype(entry) == regularFile, archive_entry_hardlink(entry) == nil,
            let name = archive_entry_pathname(entry)
        else { throw .changed(path: path, detail: "an entry is no file") }
        return Entry(name: String(cString: name), modifiedAt: Int(archive_entry_mtime(entry)))
    }

    /// The next bytes of the file; none at its end. They are there until the next call.
    ///
    /// - Throws: `BackupError.truncated`.
    func bytes() throws(BackupError) -> UnsafeRawBufferPointer {
        let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw .truncated(path: path) }
        return UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)])
    }
}
