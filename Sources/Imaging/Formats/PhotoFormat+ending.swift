import FaceCore

extension PhotoFormat {
    /// Whether a file that failed to decode ends before its structure does: then it was cut off, else it is damaged.
    ///
    /// Told from the file itself, since libvips keeps the texts of its errors in one place for all threads.
    func isCutOff(_ bytes: [UInt8]) -> Bool {
        let file = ByteReader(bytes: bytes)
        switch self {
        case .jpeg: return Self.isJPEGCutOff(file)
        case .png: return Self.isPNGCutOff(file)
        case .webp: return (file.integer(at: 4, size: 4, bigEndian: false) ?? 0) + 8 > file.count
        case .heic, .avif: return Self.isBoxCutOff(file)
        case .jpeg2000: return Self.isBoxCutOff(file) || !Self.hasCodestreamEnd(bytes)
        case .gif: return Self.isGIFCutOff(file)
        case .tiff: return ExifReader(bytes)?.isPageCutOff ?? false
        // Their readers know.
        case .bmp, .ppm: return false
        }
    }

    /// Follows the segments to the end marker; within a scan, to the next marker that is neither stuffed nor a restart.
    private static func isJPEGCutOff(_ file: ByteReader) -> Bool {
        var position = 2
        while let byte = file.byte(at: position), let marker = file.byte(at: position + 1) {
            switch (byte, marker) {
            case (0xFF, 0xD9): return false
            case (0xFF, 0x00), (0xFF, 0x01), (0xFF, 0xD0...0xD8): position += 2
            case (0xFF, 0xFF): position += 1
            case (0xFF, _):
                guard let length = file.integer(at: position + 2, size: 2, bigEndian: true) else { return true }
                position += 2 + max(length, 2)
            default: position += 1
            }
        }
        return true
    }

    private static func isPNGCutOff(_ file: ByteReader) -> Bool {
        var position = 8
        while let length = file.integer(at: position, size: 4, bigEndian: true) {
            guard length < 1 << 31 else { return false }
            let end = position + 12 + length
            guard end <= file.count else { return true }
            if file.bytes[(position + 4)..<(position + 8)].elementsEqual("IEND".utf8) { return false }
            position = end
        }
        return true
    }

    /// The boxes of an ISO base media file, each with its length at its head.
    private static func isBoxCutOff(_ file: ByteReader) -> Bool {
        var position = 0
        while position < file.count {
            guard var length = file.integer(at: position, size: 4, bigEndian: true) else { return true }
            if length == 0 { return false }
            if length == 1 {
                guard let long = file.integer(at: position + 8, size: 8, bigEndian: true) else { return true }
                length = long
            }
            guard length >= 8 else { return false }
            guard length <= file.count - position else { return true }
            position += length
        }
        return false
    }

    private static func hasCodestreamEnd(_ bytes: [UInt8]) -> Bool {
        let tail = Array(bytes.suffix(64))
        return zip(tail, tail.dropFirst()).contains { $0 == 0xFF && $1 == 0xD9 }
    }

    private static func isGIFCutOff(_ file: ByteReader) -> Bool {
        func colours(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }
        guard let flags = file.byte(at: 10) else { return true }
        var position = 13 + colours(flags)
        while let kind = file.byte(at: position) {
            switch kind {
            case 0x3B: return false
            case 0x21: position += 2
            case 0x2C:
                guard let local = file.byte(at: position + 9) else { return true }
                position += 11 + colours(local)
            default: return false
            }
            while let length = file.byte(at: position), length > 0 { position += 1 + Int(length) }
            position += 1
        }
        return true
    }
}
