import CArchive
import FaceCore
import Foundation

/// A zip or tar.gz file that model files are taken out of.
///
/// Only files of wanted names are taken, each into a folder under its bare name: a path inside the archive is never
/// used as one, so that no entry can land anywhere else.
struct ModelPackArchive {
    let file: URL
    /// What the archive is called in errors.
    var source: String
    /// Bytes that one file may have when unpacked.
    var maximumFileSize = Self.maximumModelSize
    /// Bytes that the whole archive may have when unpacked.
    var maximumTotalSize: Int64 = 4 << 30
    var maximumEntries = 10_000

    /// Bytes that a model file may have: three times the largest published one.
    static let maximumModelSize: Int64 = 1 << 30
    private static let chunk = 1 << 20

    init(file: URL) {
        self.file = file
        source = file.lastPathComponent
    }

    /// Unpacks the wanted files and gives their names back.
    ///
    /// - Parameters:
    ///   - wanted: bare file names; everything else in the archive is passed over.
    ///   - progress: called with the bytes written so far.
    func extract(
        _ wanted: Set<String>, into folder: URL, progress: (Int64) -> Void
    ) throws(ModelPackError) -> [String] {
        guard let reader = archive_read_new() else { throw damaged("there is not enough memory") }
        defer { archive_read_free(reader) }
        archive_read_support_filter_gzip(reader)
        // The reader that wants the directory at the end of a zip: a truncated one is refused, whatever was cut off.
        archive_read_support_format_zip_seekable(reader)
        archive_read_support_format_tar(reader)
        guard archive_read_open_filename(reader, file.path, Self.chunk) == ARCHIVE_OK else {
            guard FileManager.default.isReadableFile(atPath: file.path) else { throw .sourceNotFound(file.path) }
            throw damaged("it is neither a zip nor a tar.gz file, or it is damaged")
        }
        var names: [String] = []
        var entries = 0
        var written: Int64 = 0
        while let entry = try nextEntry(of: reader) {
            entries += 1
            guard entries <= maximumEntries else { throw damaged("it holds too many files") }
            let declared = archive_entry_size_is_set(entry) != 0 ? Int64(archive_entry_size(entry)) : 0
            guard declared <= maximumTotalSize, archive_filter_bytes(reader, 0) <= maximumTotalSize else {
                throw .tooLarge(file: source)
            }
            guard let name = Self.bareName(of: entry), wanted.contains(name) else { continue }
            guard !names.contains(name) else { throw damaged("it holds \(name) more than once") }
            guard declared <= maximumFileSize else { throw .tooLarge(file: name) }
            names.append(name)
            let output = try OutputFile(folder.appendingPathComponent(name), .new)
            try copy(from: reader, to: output, name: name) { progress(written + $0) }
            written += output.size
            try output.synchronize()
        }
        return names
    }

    private func nextEntry(of reader: OpaquePointer) throws(ModelPackError) -> OpaquePointer? {
        var entry: OpaquePointer?
        while true {
            switch archive_read_next_header(reader, &entry) {
            // A warning is about a name or a date; what the entry holds is checked when it is read.
            case ARCHIVE_OK, ARCHIVE_WARN: return entry
            case ARCHIVE_EOF: return nil
            case ARCHIVE_RETRY: continue
            default: throw damaged("it is truncated or damaged")
            }
        }
    }

    private func copy(
        from reader: OpaquePointer, to output: OutputFile, name: String, progress: (Int64) -> Void
    ) throws(ModelPackError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = archive_read_data(reader, buffer.baseAddress, buffer.count)
            if count == 0 { return }
            // Also a wrong checksum ends here.
            guard count > 0 else { throw damaged("\(name) in it is truncated or damaged") }
            guard output.size + Int64(count) <= maximumFileSize else { throw .tooLarge(file: name) }
            try output.write(UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)]))
            progress(output.size)
        }
    }

    /// The last component of a regular file's path; nil for folders, links and nameless entries.
    private static func bareName(of entry: OpaquePointer) -> String? {
        let regularFile: mode_t = 0o100000
        guard archive_entry_filetype(entry) == regularFile, archive_entry_hardlink(entry) == nil,
            let path = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)
        else { return nil }
        return String(cString: path).split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
    }

    private func damaged(_ reason: String) -> ModelPackError {
        .damagedArchive(source: source, reason: reason)
    }
}
