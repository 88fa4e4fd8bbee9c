import FaceCore

/// What a BMP file says before its pixels: both of its headers, with everything checked that can be checked from them.
struct BMPHeader {
    /// The lengths of the second header that exist: OS/2 1 and 2, and Windows 3 to 5 with two that add masks.
    static let sizes: Set<Int> = [12, 16, 40, 52, 56, 64, 108, 124]

    enum Compression {
        case none
        /// Run lengths of indices of 8 or 4 bits.
        case runs
        /// Channels where `masks` says.
        case masks
    }

    let width: Int
    let height: Int
    let isTopDown: Bool
    /// 1, 2, 4, 8, 16, 24 or 32.
    let bitsPerPixel: Int
    let compression: Compression
    /// Red, green, blue, alpha; 0 for a channel that is not there.
    let masks: [UInt32]
    /// Red, green, blue for each index; the file may hold fewer than its depth allows.
    let palette: [SIMD3<UInt8>]
    /// Where the pixels begin.
    let offset: Int

    /// Bytes from one row to the next: rows are padded to whole four bytes.
    var rowBytes: Int { (width * bitsPerPixel + 31) / 32 * 4 }

    /// - Throws: `ImagingError.truncated`, `.damaged`, or `.unsupportedFormat` for a JPEG or PNG wrapped in a BMP.
    init(_ file: ByteReader) throws(ImagingError) {
        func field(_ position: Int, _ size: Int) throws(ImagingError) -> Int {
            guard let value = file.integer(at: position, size: size, bigEndian: false) else { throw .truncated(.bmp) }
            return value
        }
        let size = try field(14, 4)
        guard Self.sizes.contains(size) else { throw .damaged(.bmp) }
        let isOld = size == 12
        width = isOld ? try field(18, 2) : Int(Int32(truncatingIfNeeded: try field(18, 4)))
        let signedHeight = isOld ? try field(20, 2) : Int(Int32(truncatingIfNeeded: try field(22, 4)))
        height = abs(signedHeight)
        isTopDown = signedHeight < 0
        bitsPerPixel = try field(isOld ? 24 : 28, 2)
        guard width > 0, height > 0, [1, 2, 4, 8, 16, 24, 32].contains(bitsPerPixel) else { throw .damaged(.bmp) }
        let kind = size < 40 ? 0 : try field(30, 4)
        compression = try Self.compression(kind, bitsPerPixel: bitsPerPixel, isOS2: size == 64)

        var end = 14 + size
        var masks = Self.usualMasks(bitsPerPixel)
        if compression == .masks {
            let count = kind == 6 || size >= 56 ? 4 : 3
            for channel in 0..<count { masks[channel] = UInt32(truncatingIfNeeded: try field(54 + 4 * channel, 4)) }
            end = max(end, 54 + 4 * (size == 40 ? count : 0))
            guard masks[0] | masks[1] | masks[2] != 0 else { throw .damaged(.bmp) }
        }
        self.masks = masks

        let declared = try field(10, 4)
        var colours: [SIMD3<UInt8>] = []
        if bitsPerPixel <= 8 {
            let entry = isOld ? 3 : 4
            let said = size < 40 ? 0 : try field(46, 4)
            let most = 1 << bitsPerPixel
            var count = said == 0 ? most : min(said, most)
            // Some writers say less than they mean: what lies before the pixels counts.
            if declared > end { count = min(count, (declared - end) / entry) }
            for index in 0..<count {
                let position = end + entry * index
                guard position + 3 <= file.count else { throw .truncated(.bmp) }
                colours.append(SIMD3(file.bytes[position + 2], file.bytes[position + 1], file.bytes[position]))
            }
            end += entry * count
        }
        palette = colours
        offset = declared >= 14 + size ? declared : end
    }

    private static func compression(
        _ kind: Int, bitsPerPixel: Int, isOS2: Bool
    ) throws(ImagingError) -> Compression {
        switch (kind, bitsPerPixel) {
        case (0, _): return .none
        case (1, 8), (2, 4): return .runs
        case (3, 16), (3, 32), (6, 16), (6, 32):
            guard !isOS2 else { throw .unsupportedFormat("Huffman-coded BMP") }
            return .masks
        case (4, _), (5, _): throw .unsupportedFormat("JPEG-in-BMP and PNG-in-BMP")
        default: throw .damaged(.bmp)
        }
    }

    private static func usualMasks(_ bitsPerPixel: Int) -> [UInt32] {
        bitsPerPixel == 16 ? [0x7C00, 0x03E0, 0x001F, 0] : [0x00FF_0000, 0x0000_FF00, 0x0000_00FF, 0]
    }
}
