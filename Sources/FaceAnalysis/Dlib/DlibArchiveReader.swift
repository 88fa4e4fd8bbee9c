/// Reads the values that dlib's serialisation is made of, one after another, from a file in memory.
///
/// The format has no alignment, header or checksum, so every value is checked as it is read: nothing is allocated for
/// more elements than the bytes that remain can hold, and a wrong byte gives an error with its place.
package struct DlibArchiveReader {
    private let bytes: [UInt8]
    /// Bytes from the beginning to the next value.
    package private(set) var offset = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var remaining: Int { bytes.count - offset }

    /// A header byte (sign and length), then the magnitude in 1 to 8 bytes, least significant first.
    package mutating func integer() throws(DlibFormatError) -> Int {
        let start = offset
        guard start < bytes.count else { throw DlibFormatError(offset: start, reason: .truncated) }
        let header = bytes[start]
        let length = Int(header & 0x0F)
        guard header & 0x70 == 0, length >= 1, length <= 8 else {
            throw DlibFormatError(offset: start, reason: .badInteger)
        }
        guard length <= bytes.count - start - 1 else { throw DlibFormatError(offset: start, reason: .truncated) }
        var magnitude: UInt64 = 0
        for index in 0..<length {
            magnitude |= UInt64(bytes[start + 1 + index]) << UInt64(8 * index)
        }
        guard let value = Int(exactly: magnitude) else { throw DlibFormatError(offset: start, reason: .badInteger) }
        offset = start + 1 + length
        return header & 0x80 == 0 ? value : -value
    }

    /// Two integers: mantissa m and exponent e of m·2^e. Exact for every number that was stored as a float.
    package mutating func real() throws(DlibFormatError) -> Double {
        let start = offset
        let mantissa = try integer()
        let exponent = try integer()
        // Infinities and NaN are written as exponents from 32000 up; no known file has one.
        guard exponent >= -1022, exponent <= 1023 else { throw DlibFormatError(offset: start, reason: .badReal) }
        return Double(mantissa) * Double(bitPattern: UInt64(1023 + exponent) << 52)
    }

    /// The ASCII digit 0 or 1.
    package mutating func boolean() throws(DlibFormatError) -> Bool {
        guard offset < bytes.count else { throw DlibFormatError(offset: offset, reason: .truncated) }
        let byte = bytes[offset]
        guard byte == 0x30 || byte == 0x31 else { throw DlibFormatError(offset: offset, reason: .badBoolean) }
        offset += 1
        return byte == 0x31
    }

    /// The length of a list whose elements take at least that many bytes each.
    package mutating func count(bytesPerElement: Int) throws(DlibFormatError) -> Int {
        let start = offset
        let count = try integer()
        guard count >= 0, count <= remaining / bytesPerElement else {
            throw DlibFormatError(offset: start, reason: .countTooLarge(count))
        }
        return count
    }

    /// A length and that many characters.
    package mutating func string() throws(DlibFormatError) -> String {
        let length = try count(bytesPerElement: 1)
        defer { offset += length }
        return String(decoding: bytes[offset..<offset + length], as: UTF8.self)
    }

    /// A string that must be `tag`.
    package mutating func expect(tag: String) throws(DlibFormatError) {
        let start = offset
        guard try string() == tag else { throw DlibFormatError(offset: start, reason: .unexpectedTag(expected: tag)) }
    }

    /// An integer that must be `expected`; `what` names it in the error.
    package mutating func expect(_ expected: Int, _ what: String) throws(DlibFormatError) {
        let start = offset
        let found = try integer()
        guard found == expected else {
            throw DlibFormatError(
                offset: start, reason: .unexpectedValue(what: what, expected: expected, found: found))
        }
    }

    /// Version 2, four dimensions, then that many little-endian 32-bit floats, the last dimension fastest.
    package mutating func tensor() throws(DlibFormatError) -> [Float] {
        try expect(2, "a tensor's version")
        let start = offset
        var count = 1
        for _ in 0..<4 {
            let dimension = try integer()
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
            guard dimension >= 0, !overflow else {
                throw DlibFormatError(offset: start, reason: .countTooLarge(dimension))
            }
            count = product
        }
        guard count <= remaining / 4 else { throw DlibFormatError(offset: start, reason: .countTooLarge(count)) }
        let first = offset
        offset += 4 * count
        return bytes.withUnsafeBytes { raw in
            (0..<count).map { index in
                let bits = raw.loadUnaligned(fromByteOffset: first + 4 * index, as: UInt32.self)
                return Float(bitPattern: UInt32(littleEndian: bits))
            }
        }
    }

    /// A tensor that must have `count` elements; `what` names it in the error.
    package mutating func tensor(count: Int, _ what: String) throws(DlibFormatError) -> [Float] {
        let start = offset
        let values = try tensor()
        guard values.count == count else {
            throw DlibFormatError(
                offset: start, reason: .unexpectedValue(what: what, expected: count, found: values.count))
        }
        return values
    }

    /// Version 1 and four dimensions, which must be `shape`: a view into a tensor that was stored before.
    package mutating func expectAlias(shape: [Int]) throws(DlibFormatError) {
        try expect(1, "a shape's version")
        for dimension in shape {
            try expect(dimension, "a dimension")
        }
    }

    /// A matrix of one column: rows and columns are stored negated, then come the reals.
    package mutating func column(rows: Int) throws(DlibFormatError) -> [Float] {
        try expect(-rows, "a matrix's height")
        try expect(-1, "a matrix's width")
        var values: [Float] = []
        values.reserveCapacity(rows)
        for _ in 0..<rows {
            values.append(Float(try real()))
        }
        return values
    }

    /// Checks that nothing follows.
    package func expectEnd() throws(DlibFormatError) {
        guard remaining == 0 else { throw DlibFormatError(offset: offset, reason: .bytesLeftOver(remaining)) }
    }
}
