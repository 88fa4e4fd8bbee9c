import Foundation

/// Vectors in pgvector's binary form: two bytes for how many numbers there are, two that are not used, and the numbers, all
/// big-endian.
enum VectorBytes {
    static func encode(_ vector: [Float]) -> Data {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + 4 * vector.count)
        bytes.append(UInt8(truncatingIfNeeded: vector.count >> 8))
        bytes.append(UInt8(truncatingIfNeeded: vector.count))
        bytes += [0, 0]
        for number in vector {
            let bits = number.bitPattern
            bytes.append(UInt8(truncatingIfNeeded: bits >> 24))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
            bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
            bytes.append(UInt8(truncatingIfNeeded: bits))
        }
        return Data(bytes)
    }

    /// - Throws: `FaceStoreError.damaged`.
    static func decode(_ bytes: Data) throws -> [Float] {
        try bytes.withUnsafeBytes { bytes in
            guard bytes.count >= 4 else { throw FaceStoreError.damaged }
            let count = Int(UInt16(bigEndian: bytes.loadUnaligned(as: UInt16.self)))
            guard bytes.count == 4 + 4 * count else { throw FaceStoreError.damaged }
            return (0..<count).map { index in
                let bits = bytes.loadUnaligned(fromByteOffset: 4 + 4 * index, as: UInt32.self)
                return Float(bitPattern: UInt32(bigEndian: bits))
            }
        }
    }
}
