import Foundation
import Testing

@testable import FaceStore

@Suite struct EmbeddingBlobTests {
    @Test func `Numbers are stored little-endian`() {
        #expect(EmbeddingBlob.encode([1, -2], precision: .float32) == Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]))
        #expect(EmbeddingBlob.encode([1, -2], precision: .float16) == Data([0, 0x3C, 0, 0xC0]))
    }

    @Test func `Full precision comes back bit for bit, half within a thousandth`() {
        let vector: [Float] = [0, -0.0, 0.333, -1, 1, 1e-30, 0.09999]
        for precision in EmbeddingPrecision.allCases {
            // A slice of a larger buffer need not be aligned.
            let padded = Data([7]) + EmbeddingBlob.encode(vector, precision: precision)
            let decoded = EmbeddingBlob.decode(padded.dropFirst(), precision: precision)
            #expect(decoded.count == vector.count)
            #expect(zip(decoded, vector).allSatisfy { abs($0 - $1) <= (precision == .float32 ? 0 : 1e-3) })
        }
    }
}
