import FaceCore

/// Reads Windows and OS/2 bitmaps: 1 to 32 bits a pixel, run lengths, bit fields, either row order.
///
/// libvips reads BMP through ImageMagick only, whose loaders stay blocked.
struct BMPReader {
    let header: BMPHeader
    private let bytes: [UInt8]

    /// - Throws: what `BMPHeader.init` throws.
    init(_ bytes: [UInt8]) throws(ImagingError) {
        self.bytes = bytes
        header = try BMPHeader(ByteReader(bytes: bytes))
    }

    /// The pixels. The caller has checked the header's size against its limits.
    ///
    /// - Throws: `ImagingError.truncated` or `.damaged`.
    func decoded() throws(ImagingError) -> Photo {
        if header.compression == .runs {
            let runs = BMPRunLengths(
                bytes: bytes, offset: header.offset, width: header.width, height: header.height,
                isNibbles: header.bitsPerPixel == 4)
            let indices = try runs.decoded()
            return photo { row, target in
                for x in 0..<header.width { put(colour(Int(indices[row * header.width + x])), at: x, in: target) }
            }
        }
        // The last row's padding may be missing.
        let needed = header.rowBytes * (header.height - 1) + (header.width * header.bitsPerPixel + 7) / 8
        guard header.offset <= bytes.count, needed <= bytes.count - header.offset else { throw .truncated(.bmp) }
        switch header.bitsPerPixel {
        case 1, 2, 4, 8: return indexed()
        case 24: return trueColour()
        default: return masked()
        }
    }

    /// Fills the photo by rows in the file's order; `fill` gets the row's number there and where it goes.
    private func photo(_ fill: (Int, UnsafeMutablePointer<UInt8>) -> Void) -> Photo {
        let count = 3 * header.width * header.height
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let base = buffer.baseAddress else { return }
            for row in 0..<header.height {
                fill(row, base + 3 * header.width * (header.isTopDown ? row : header.height - 1 - row))
            }
            initialized = count
        }
        return Photo(width: header.width, height: header.height, pixels: pixels)
    }

    /// An index without a colour is black.
    private func colour(_ index: Int) -> SIMD3<UInt8> {
        index < header.palette.count ? header.palette[index] : .zero
    }

    private func put(_ colour: SIMD3<UInt8>, at x: Int, in row: UnsafeMutablePointer<UInt8>) {
        row[3 * x] = colour.x
        row[3 * x + 1] = colour.y
        row[3 * x + 2] = colour.z
    }

    private func indexed() -> Photo {
        let bits = header.bitsPerPixel
        let perByte = 8 / bits
        let mask = 1 << bits - 1
        return photo { row, target in
            let start = header.offset + row * header.rowBytes
            for x in 0..<header.width {
                let shift = 8 - bits * (x % perByte + 1)
                put(colour(Int(bytes[start + x / perByte]) >> shift & mask), at: x, in: target)
            }
        }
    }

    private func trueColour() -> Photo {
        photo { row, target in
            let start = header.offset + row * header.rowBytes
            for x in 0..<header.width {
                let position = start + 3 * x
                put(SIMD3(bytes[position + 2], bytes[position + 1], bytes[position]), at: x, in: target)
            }
        }
    }

    /// 16 and 32 bits. Alpha counts only if a mask names it and any pixel has some: many writers leave it 0.
    private func masked() -> Photo {
        let channels = header.masks.map(BMPChannel.init)
        let alpha = channels[3]
        let usesAlpha = alpha.isPresent && contains { alpha.value($0) != 0 }
        return photo { row, target in
            for x in 0..<header.width {
                let word = word(row, x)
                var colour = SIMD3(channels[0].value(word), channels[1].value(word), channels[2].value(word))
                if usesAlpha {
                    let share = UInt32(alpha.value(word))
                    let mixed = SIMD3<UInt32>(truncatingIfNeeded: colour) &* share &+ (255 &* (255 &- share) &+ 127)
                    colour = SIMD3<UInt8>(truncatingIfNeeded: mixed / 255)
                }
                put(colour, at: x, in: target)
            }
        }
    }

    private func word(_ row: Int, _ x: Int) -> UInt32 {
        let size = header.bitsPerPixel / 8
        let position = header.offset + row * header.rowBytes + size * x
        let low = UInt32(bytes[position]) | UInt32(bytes[position + 1]) << 8
        return size == 2 ? low : low | UInt32(bytes[position + 2]) << 16 | UInt32(bytes[position + 3]) << 24
    }

    private func contains(_ condition: (UInt32) -> Bool) -> Bool {
        for row in 0..<header.height {
            for x in 0..<header.width where condition(word(row, x)) { return true }
        }
        return false
    }
}

/// One channel of a bit-field pixel, brought to eight bits.
private struct BMPChannel {
    private let shift: UInt32
    private let mask: UInt32
    private let levels: [UInt8]

    var isPresent: Bool { mask != 0 }

    /// Of a wider mask the eight highest bits count.
    init(mask: UInt32) {
        guard mask != 0 else {
            (shift, self.mask, levels) = (0, 0, [0])
            return
        }
        let width = 32 - mask.leadingZeroBitCount - mask.trailingZeroBitCount
        let kept = min(width, 8)
        shift = UInt32(mask.trailingZeroBitCount + width - kept)
        let most = 1 << kept - 1
        self.mask = UInt32(most)
        levels = (0...most).map { UInt8(($0 * 255 + most / 2) / most) }
    }

    func value(_ word: UInt32) -> UInt8 { levels[Int(word >> shift & mask)] }
}
