/// Integers out of a file's bytes, where every position is checked.
struct ByteReader {
    let bytes: [UInt8]

    var count: Int { bytes.count }

    /// The unsigned integer of `size` bytes (1 to 8) at a position; nil when it does not lie within the bytes, or does
    /// not fit an `Int`.
    func integer(at position: Int, size: Int, bigEndian: Bool) -> Int? {
        guard position >= 0, size <= bytes.count, position <= bytes.count - size else { return nil }
        var value: UInt64 = 0
        for index in 0..<size {
            value = value << 8 | UInt64(bytes[position + (bigEndian ? index : size - 1 - index)])
        }
        return Int(exactly: value)
    }

    func byte(at position: Int) -> UInt8? {
        bytes.indices.contains(position) ? bytes[position] : nil
    }
}
