import ArgumentParser
import FaceClustering
import Foundation

/// The options that name a file of vectors.
struct VectorFile: ParsableArguments {
    @Argument(help: "A file of 32-bit floats, little-endian, one vector after another.")
    var vectors: String

    @Option(help: "Numbers a vector.")
    var dimension = 512

    func validate() throws {
        if dimension < 1 { throw ValidationError("--dimension must be at least 1.") }
    }

    /// The vectors, at most `limit` of them.
    func read(limit: Int? = nil) throws -> VectorSet {
        guard let file = FileHandle(forReadingAtPath: vectors) else {
            throw ValidationError("There is no file \(vectors).")
        }
        defer { try? file.close() }
        let bytesPerVector = dimension * MemoryLayout<Float>.stride
        let length = Int(try file.seekToEnd())
        try file.seek(toOffset: 0)
        guard length.isMultiple(of: bytesPerVector) else {
            throw ValidationError("\(vectors) does not hold whole vectors of \(dimension) numbers.")
        }
        var left = min(length / bytesPerVector, limit ?? .max)
        var values: [Float] = []
        values.reserveCapacity(left * dimension)
        // Piece by piece, so that the file is not in memory twice.
        while left > 0, let piece = try file.read(upToCount: min(left, 1000) * bytesPerVector), !piece.isEmpty {
            piece.withUnsafeBytes { bytes in
                for offset in stride(from: 0, to: bytes.count, by: MemoryLayout<Float>.stride) {
                    let bits = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
                    values.append(Float(bitPattern: UInt32(littleEndian: bits)))
                }
            }
            left -= piece.count / bytesPerVector
        }
        return VectorSet(dimension: dimension, values: values)
    }
}
