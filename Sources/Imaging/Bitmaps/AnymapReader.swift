import FaceCore

/// Reads portable bitmaps, greymaps and pixmaps (P1 to P6, as text or binary, 8 or 16 bits).
///
/// libvips' reader of them is one of those that its authors do not fuzz, and it takes a file that was cut off for whole.
struct AnymapReader {
    let width: Int
    let height: Int
    private let bytes: [UInt8]
    private let kind: Kind
    /// The value that is white; 1 for bitmaps.
    private let maximum: Int
    /// Where the pixels begin.
    private let offset: Int

    private struct Kind {
        var isText: Bool
        var isBitmap: Bool
        var channels: Int
    }

    /// Reads the header.
    ///
    /// - Throws: `ImagingError.truncated` or `.damaged`.
    init(_ bytes: [UInt8]) throws(ImagingError) {
        self.bytes = bytes
        let digit = Int(bytes[1]) - 0x30
        guard (1...6).contains(digit) else { throw .damaged(.ppm) }
        kind = Kind(isText: digit < 4, isBitmap: digit % 3 == 1, channels: digit % 3 == 0 ? 3 : 1)
        var numbers = AnymapNumbers(bytes: bytes, position: 2)
        width = try numbers.next(atMost: Int(Int32.max))
        height = try numbers.next(atMost: Int(Int32.max))
        maximum = kind.isBitmap ? 1 : try numbers.next(atMost: 65535)
        guard width > 0, height > 0, maximum > 0 else { throw .damaged(.ppm) }
        // One white space ends the header of a binary file.
        offset = numbers.position + (kind.isText ? 0 : 1)
    }

    /// The pixels. The caller has checked the header's size against its limits.
    ///
    /// - Throws: `ImagingError.truncated` or `.damaged`.
    func decoded() throws(ImagingError) -> Photo {
        let values = kind.isText ? try textValues() : try binaryValues()
        guard kind.channels == 1 else { return Photo(width: width, height: height, pixels: values) }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(3 * values.count)
        for value in values {
            pixels.append(value)
            pixels.append(value)
            pixels.append(value)
        }
        return Photo(width: width, height: height, pixels: pixels)
    }

    private var valueCount: Int { width * height * kind.channels }

    /// In a bitmap 1 is black; elsewhere a value above the maximum is white.
    private func level(_ value: Int) -> UInt8 {
        if kind.isBitmap { return value == 0 ? 255 : 0 }
        return value >= maximum ? 255 : UInt8((value * 255 + maximum / 2) / maximum)
    }

    private func textValues() throws(ImagingError) -> [UInt8] {
        // Each value takes a byte at least, so this also bounds what is reserved for it.
        guard valueCount <= bytes.count - offset else { throw .truncated(.ppm) }
        var values: [UInt8] = []
        values.reserveCapacity(valueCount)
        var numbers = AnymapNumbers(bytes: bytes, position: offset)
        for _ in 0..<valueCount {
            values.append(level(kind.isBitmap ? try numbers.nextBit() : try numbers.next(atMost: 65535)))
        }
        return values
    }

    private func binaryValues() throws(ImagingError) -> [UInt8] {
        let size = maximum > 255 ? 2 : 1
        let rowBytes = kind.isBitmap ? (width + 7) / 8 : width * kind.channels * size
        guard offset <= bytes.count, rowBytes * height <= bytes.count - offset else { throw .truncated(.ppm) }
        if kind.isBitmap {
            return (0..<valueCount).map { index in
                let (row, column) = index.quotientAndRemainder(dividingBy: width)
                return level(Int(bytes[offset + row * rowBytes + column / 8]) >> (7 - column % 8) & 1)
            }
        }
        if size == 1 {
            if maximum == 255 { return Array(bytes[offset..<(offset + valueCount)]) }
            let levels = (0...255).map(level)
            return bytes[offset..<(offset + valueCount)].map { levels[Int($0)] }
        }
        return (0..<valueCount).map { index in
            level(Int(bytes[offset + 2 * index]) << 8 | Int(bytes[offset + 2 * index + 1]))
        }
    }
}

/// Decimal numbers between white space and comments.
private struct AnymapNumbers {
    let bytes: [UInt8]
    private(set) var position: Int

    init(bytes: [UInt8], position: Int) {
        self.bytes = bytes
        self.position = position
    }

    mutating func next(atMost limit: Int) throws(ImagingError) -> Int {
        try skipSpace()
        var value = 0
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
            value = value * 10 + Int(bytes[position] - 0x30)
            guard value <= limit else { throw .damaged(.ppm) }
            position += 1
        }
        return value
    }

    /// Bits of a text bitmap need no space between them.
    mutating func nextBit() throws(ImagingError) -> Int {
        try skipSpace()
        defer { position += 1 }
        return Int(bytes[position] - 0x30)
    }

    /// Ends at a digit.
    private mutating func skipSpace() throws(ImagingError) {
        while position < bytes.count {
            switch bytes[position] {
            case 0x30...0x39: return
            case UInt8(ascii: "#"): position = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
            case 0x09...0x0D, 0x20: position += 1
            default: throw .damaged(.ppm)
            }
        }
        throw .truncated(.ppm)
    }
}
