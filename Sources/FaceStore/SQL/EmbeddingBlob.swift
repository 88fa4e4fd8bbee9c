import Foundation

/// Embeddings as bytes: number after number, little-endian IEEE 754.
enum EmbeddingBlob {
    static func encode(_ vector: [Float], precision: EmbeddingPrecision) -> Data {
        switch precision {
        case .float32 where Int(littleEndian: 1) == 1:
            return vector.withUnsafeBytes { Data($0) }
        case .float32:
            return vector.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
        case .float16:
            return vector.map { Float16($0).bitPattern.littleEndian }.withUnsafeBytes { Data($0) }
        }
    }

    static func decode(_ bytes: Data, precision: EmbeddingPrecision) -> [Float] {
        var vector = [Float](repeating: 0, count: bytes.count / precision.bytesPerNumber)
        vector.withUnsafeMutableBufferPointer { decode(bytes, precision: precision, into: $0[...]) }
        return vector
    }

    /// Fills `target` from bytes that hold exactly as many numbers.
    static func decode(
        _ bytes: Data, precision: EmbeddingPrecision, into target: Slice<UnsafeMutableBufferPointer<Float>>
    ) {
        precondition(bytes.count == target.count * precision.bytesPerNumber, "an embedding of another length")
        bytes.withUnsafeBytes { source in
            switch precision {
            case .float32 where Int(littleEndian: 1) == 1:
                UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: target)).copyMemory(from: source)
            case .float32:
                for index in 0..<target.count {
                    let bits = source.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
                    target.base[target.startIndex + index] = Float(bitPattern: UInt32(littleEndian: bits))
                }
            case .float16:
                for index in 0..<target.count {
                    let bits = source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
                    target.base[target.startIndex + index] = Float(Float16(bitPattern: UInt16(littleEndian: bits)))
                }
            }
        }
    }
}

extension EmbeddingPrecision {
    var bytesPerNumber: Int {
        switch self {
        case .float32: 4
        case .float16: 2
        }
    }
}
