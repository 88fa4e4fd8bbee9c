public import FaceCore

extension PhotoFormat {
    /// How many bytes of a file's beginning tell its format.
    public static let signatureLength = 4096

    /// The format that a file's first bytes are of; the file's name says nothing.
    ///
    /// - Throws: `ImagingError.emptyFile`, `.notAPhoto` or `.unsupportedFormat`.
    public init(firstBytes bytes: [UInt8]) throws(ImagingError) {
        guard !bytes.isEmpty else { throw .emptyFile }
        for (signature, format) in Self.signatures where bytes.starts(with: signature) {
            if format == .tiff, let raw = Self.rawPhoto(bytes) { throw .unsupportedFormat(raw) }
            self = format
            return
        }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            self = .webp
        } else if bytes.dropFirst(4).starts(with: Array("ftyp".utf8)) {
            self = try Self.mediaFile(bytes)
        } else if Self.isBMP(bytes) {
            self = .bmp
        } else if Self.isPortableAnymap(bytes) {
            self = .ppm
        } else if let name = Self.unsupported(bytes) {
            throw .unsupportedFormat(name)
        } else {
            throw .notAPhoto(ForeignContent(firstBytes: bytes))
        }
    }

    private static let signatures: [([UInt8], PhotoFormat)] = [
        ([0xFF, 0xD8, 0xFF], .jpeg),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
        (Array("GIF87a".utf8), .gif),
        (Array("GIF89a".utf8), .gif),
        ([0x49, 0x49, 0x2A, 0x00], .tiff),
        ([0x4D, 0x4D, 0x00, 0x2A], .tiff),
        ([0x49, 0x49, 0x2B, 0x00], .tiff),
        ([0x4D, 0x4D, 0x00, 0x2B], .tiff),
        ([0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A], .jpeg2000),
        ([0xFF, 0x4F, 0xFF, 0x51], .jpeg2000),
    ]

    /// ISO base media files say in their first box what they hold: the major brand, then those it is compatible with.
    private static func mediaFile(_ bytes: [UInt8]) throws(ImagingError) -> PhotoFormat {
        let size = ByteReader(bytes: bytes).integer(at: 0, size: 4, bigEndian: true) ?? 0
        let end = min(max(size, 16), bytes.count)
        var brands: [String] = []
        for start in [8] + Array(stride(from: 16, through: max(end - 4, 15), by: 4)) where start + 4 <= end {
            brands.append(String(decoding: bytes[start..<(start + 4)], as: UTF8.self))
        }
        // A container brand (mif1) leaves it to the compatible ones, so all are asked in turn.
        for brand in brands {
            switch brand {
            case "avif", "avis": return .avif
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs": return .heic
            case "crx ": throw .unsupportedFormat("Raw camera")
            default: continue
            }
        }
        if brands.contains("mif1") || brands.contains("msf1") { return .heic }
        let isSound = brands.first?.hasPrefix("M4A") ?? false
        throw .notAPhoto(isSound ? .audio : .video)
    }

    /// BM alone may begin a text; the size of the second header may not.
    private static func isBMP(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: Array("BM".utf8)) else { return false }
        guard let size = ByteReader(bytes: bytes).integer(at: 14, size: 4, bigEndian: false) else {
            return bytes.count < 18 && bytes.contains(0)
        }
        return BMPHeader.sizes.contains(size)
    }

    /// P1 to P6 and white space; a program or letter that begins so is told by what follows.
    private static func isPortableAnymap(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 3, bytes[0] == UInt8(ascii: "P"), (0x31...0x36).contains(bytes[1]) else { return false }
        guard (0x09...0x0D).contains(bytes[2]) || bytes[2] == 0x20 else { return false }
        let next = bytes.dropFirst(3).first { !((0x09...0x0D).contains($0) || $0 == 0x20) }
        guard let next else { return true }
        return next == UInt8(ascii: "#") || (0x30...0x39).contains(next)
    }

    /// Camera makers' own formats that begin as a TIFF; of others only the preview would be read.
    private static func rawPhoto(_ bytes: [UInt8]) -> String? {
        bytes.dropFirst(8).starts(with: [0x43, 0x52, 0x02]) ? "Raw camera" : nil
    }

    private static func unsupported(_ bytes: [UInt8]) -> String? {
        let known: [([UInt8], String)] = [
            ([0xFF, 0x0A], "JPEG XL"),
            ([0x00, 0x00, 0x00, 0x0C, 0x4A, 0x58, 0x4C, 0x20], "JPEG XL"),
            (Array("8BPS".utf8), "Photoshop"),
            ([0x00, 0x00, 0x01, 0x00], "Icon"),
            ([0x76, 0x2F, 0x31, 0x01], "OpenEXR"),
            (Array("#?RADIANCE".utf8), "Radiance HDR"),
            (Array("FUJIFILMCCD-RAW".utf8), "Raw camera"),
            (Array("IIRO".utf8), "Raw camera"),
            (Array("IIRS".utf8), "Raw camera"),
            ([0x49, 0x49, 0x55, 0x00], "Raw camera"),
            (Array("P7\n".utf8), "PAM"),
            (Array("qoif".utf8), "QOI"),
        ]
        if let match = known.first(where: { bytes.starts(with: $0.0) }) { return match.1 }
        let start = String(decoding: bytes.prefix(1024), as: UTF8.self)
        return start.contains("<svg") ? "SVG" : nil
    }
}
