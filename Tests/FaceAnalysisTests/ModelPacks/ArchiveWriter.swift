import CArchive
import Foundation

/// Writes the archives that the tests take apart.
enum ArchiveWriter {
    enum Format {
        case zip
        case tarGzip
    }

    struct Failure: Error {}

    /// - Parameter entries: paths in the archive, as they are to stand there, and their bytes.
    static func write(_ entries: [(path: String, bytes: [UInt8])], as format: Format, to file: URL) throws {
        guard let archive = archive_write_new() else { throw Failure() }
        defer { archive_write_free(archive) }
        switch format {
        case .zip: archive_write_set_format_zip(archive)
        case .tarGzip:
            archive_write_set_format_gnutar(archive)
            archive_write_add_filter_gzip(archive)
        }
        guard archive_write_open_filename(archive, file.path) == ARCHIVE_OK else { throw Failure() }
        for (path, bytes) in entries {
            guard let entry = archive_entry_new() else { throw Failure() }
            defer { archive_entry_free(entry) }
            archive_entry_set_pathname(entry, path)
            archive_entry_set_size(entry, Int64(bytes.count))
            archive_entry_set_filetype(entry, 0o100000)
            archive_entry_set_perm(entry, 0o644)
            guard archive_write_header(archive, entry) == ARCHIVE_OK,
                archive_write_data(archive, bytes, bytes.count) == bytes.count
            else { throw Failure() }
        }
        guard archive_write_close(archive) == ARCHIVE_OK else { throw Failure() }
    }
}
