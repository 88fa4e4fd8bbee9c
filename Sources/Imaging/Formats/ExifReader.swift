import FaceCore

/// Reads the tags of interest from an EXIF block or a TIFF file: both are TIFF directories (TIFF 6.0, EXIF 2.32).
///
/// What is broken or absent is nil; nothing here fails, since a photo without a date is still a photo.
struct ExifReader {
    private let reader: ByteReader
    private let start: Int
    private let isBigEndian: Bool

    /// nil when the bytes are no TIFF structure. BigTIFF is not read.
    init?(_ bytes: [UInt8]) {
        // JPEG's APP1 has a name before the structure, and HEIC has it at times.
        start = bytes.starts(with: Array("Exif\0\0".utf8)) ? 6 : 0
        let order = bytes.dropFirst(start).prefix(4)
        if order.elementsEqual([0x49, 0x49, 0x2A, 0x00]) {
            isBigEndian = false
        } else if order.elementsEqual([0x4D, 0x4D, 0x00, 0x2A]) {
            isBigEndian = true
        } else {
            return nil
        }
        reader = ByteReader(bytes: bytes)
    }

    /// Maker and model in one; the maker is left out where the model begins with its first word.
    var camera: String? {
        let main = mainDirectory
        let maker = main[Tag.maker].flatMap(text)
        guard let model = main[Tag.model].flatMap(text) else { return maker }
        guard let maker, let name = maker.split(separator: " ").first else { return model }
        return model.lowercased().hasPrefix(name.lowercased()) ? model : "\(maker) \(model)"
    }

    /// When the shutter was released, else when the picture was digitised; never when the file was last changed.
    var takenAt: CaptureTime? {
        guard let pointer = mainDirectory[Tag.exifDirectory], let offset = number(pointer) else { return nil }
        let exif = directory(at: offset)
        if let time = exif[Tag.dateTimeOriginal].flatMap(text).flatMap(Self.localTime) {
            return CaptureTime(
                localTime: time, utcOffsetMinutes: exif[Tag.offsetTimeOriginal].flatMap(text).flatMap(Self.offset))
        }
        if let time = exif[Tag.dateTimeDigitized].flatMap(text).flatMap(Self.localTime) {
            return CaptureTime(
                localTime: time, utcOffsetMinutes: exif[Tag.offsetTimeDigitized].flatMap(text).flatMap(Self.offset))
        }
        return nil
    }

    /// Whether the strips or tiles of a TIFF's first page reach beyond the file's end.
    var isPageCutOff: Bool {
        let main = mainDirectory
        guard !main.isEmpty else { return true }
        for (offsets, lengths) in [(Tag.stripOffsets, Tag.stripLengths), (Tag.tileOffsets, Tag.tileLengths)] {
            guard let offsets = main[offsets], let lengths = main[lengths] else { continue }
            for index in 0..<min(offsets.count, lengths.count) {
                guard let offset = number(offsets, index), let length = number(lengths, index),
                    offset + length <= reader.count
                else { return true }
            }
        }
        return false
    }

    private enum Tag {
        static let maker = 0x010F
        static let model = 0x0110
        static let stripOffsets = 0x0111
        static let stripLengths = 0x0117
        static let tileOffsets = 0x0144
        static let tileLengths = 0x0145
        static let exifDirectory = 0x8769
        static let dateTimeOriginal = 0x9003
        static let dateTimeDigitized = 0x9004
        static let offsetTimeOriginal = 0x9011
        static let offsetTimeDigitized = 0x9012
    }

    private struct Entry {
        var type: Int
        var count: Int
        /// Where the value or, if it takes more than four bytes, its offset stands.
        var position: Int
    }

    private var mainDirectory: [Int: Entry] {
        guard let offset = reader.integer(at: start + 4, size: 4, bigEndian: isBigEndian) else { return [:] }
        return directory(at: offset)
    }

    /// The entries of a directory; those that the bytes do not hold are left out, and of two of a kind the first counts.
    private func directory(at offset: Int) -> [Int: Entry] {
        guard let count = reader.integer(at: start + offset, size: 2, bigEndian: isBigEndian) else { return [:] }
        var entries: [Int: Entry] = [:]
        for index in 0..<count {
            let position = start + offset + 2 + 12 * index
            guard let tag = reader.integer(at: position, size: 2, bigEndian: isBigEndian),
                let type = reader.integer(at: position + 2, size: 2, bigEndian: isBigEndian),
                let count = reader.integer(at: position + 4, size: 4, bigEndian: isBigEndian)
            else { break }
            if entries[tag] == nil { entries[tag] = Entry(type: type, count: count, position: position + 8) }
        }
        return entries
    }

    /// Where a value of `size` bytes stands: in the entry itself when it fits there.
    private func place(_ entry: Entry, size: Int) -> Int? {
        guard size > 4 else { return entry.position }
        return reader.integer(at: entry.position, size: 4, bigEndian: isBigEndian).map { start + $0 }
    }

    /// One number of an entry of type SHORT or LONG.
    private func number(_ entry: Entry, _ index: Int = 0) -> Int? {
        let size = entry.type == 3 ? 2 : 4
        guard entry.type == 3 || entry.type == 4 || entry.type == 13, index < entry.count else { return nil }
        return place(entry, size: size * entry.count).flatMap {
            reader.integer(at: $0 + size * index, size: size, bigEndian: isBigEndian)
        }
    }

    /// The text of an ASCII entry up to its first NUL, without control characters and outer spaces; nil when empty.
    private func text(_ entry: Entry) -> String? {
        guard entry.type == 2, let position = place(entry, size: entry.count) else { return nil }
        let length = min(entry.count, 128)
        guard position >= 0, position <= reader.count - length else { return nil }
        let characters = reader.bytes[position..<(position + length)].prefix { $0 != 0 }
        let printable = String(decoding: characters, as: UTF8.self).unicodeScalars.filter { $0.value >= 0x20 }
        let words = String(String.UnicodeScalarView(printable)).split(separator: " ", omittingEmptySubsequences: true)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
