import CZlib
import Foundation

/// A zip archive that is made while it is read. A file is read twice, once for its checksum, which stands before it, and
/// once for its bytes; at any time one file is open and one piece of it in memory.
struct ZipStream: ExportSource {
    private let entries: [ZipEntry]
    private let records: ZipRecords
    private var stage = Stage.header(0)
    /// Bytes that went out so far.
    private var offset = 0
    private var directory: [UInt8] = []

    private enum Stage {
        /// The header of the file with this index comes next.
        case header(Int)
        case content(Int, Reading)
        case done
    }

    /// A file's bytes on their way out.
    private struct Reading {
        let file: ExportedFileContent
        /// What the header said.
        let checksum: UInt32
        /// Of what went out so far.
        var sum: UInt32 = 0
        var position = 0
    }

    static func stream(_ entries: [ZipEntry], records: ZipRecords = ZipRecords()) -> ExportStream {
        ExportStream(ZipStream(entries, records), byteCount: records.byteCount(of: entries))
    }

    private init(_ entries: [ZipEntry], _ records: ZipRecords) {
        self.entries = entries
        self.records = records
    }

    mutating func next() throws(LibraryError) -> [UInt8]? {
        while true {
            switch stage {
            case .header(let index) where index < entries.count: return try begin(index)
            case .header: return finish()
            case .content(let index, let reading):
                if let piece = try piece(index, reading) { return piece }
            case .done: return nil
            }
        }
    }

    private mutating func begin(_ index: Int) throws(LibraryError) -> [UInt8] {
        let entry = entries[index]
        let file = try ExportedFileContent(entry)
        var checksum: UInt32 = 0
        var position = 0
        while position < entry.byteCount {
            let piece = try file.piece(at: position)
            checksum = Self.checksum(checksum, piece)
            position += piece.count
        }
        let header = records.localHeader(entry, checksum: checksum)
        directory += records.directoryHeader(entry, checksum: checksum, offset: offset)
        offset += header.count + entry.byteCount
        stage = .content(index, Reading(file: file, checksum: checksum))
        return header
    }

    /// Nil when the file is through.
    private mutating func piece(_ index: Int, _ reading: Reading) throws(LibraryError) -> [UInt8]? {
        let entry = entries[index]
        guard reading.position < entry.byteCount else {
            guard reading.sum == reading.checksum else { throw ExportedFileContent.changed(entry) }
            stage = .header(index + 1)
            return nil
        }
        let piece = try reading.file.piece(at: reading.position)
        var reading = reading
        reading.sum = Self.checksum(reading.sum, piece)
        reading.position += piece.count
        stage = .content(index, reading)
        return piece
    }

    private mutating func finish() -> [UInt8] {
        stage = .done
        return directory
            + records.end(count: entries.count, directoryOffset: offset, directorySize: directory.count)
    }

    private static func checksum(_ sum: UInt32, _ bytes: [UInt8]) -> UInt32 {
        UInt32(truncatingIfNeeded: crc32(uLong(sum), bytes, uInt(bytes.count)))
    }
}
