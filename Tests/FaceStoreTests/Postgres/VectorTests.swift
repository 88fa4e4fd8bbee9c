import Foundation
import Testing

@testable import FaceStore

@Suite struct VectorBytesTests {
    @Test func `A vector is its count and its numbers with the high byte first`() throws {
        let bytes = VectorBytes.encode([1, -0.5])
        #expect(Array(bytes) == [0, 2, 0, 0, 0x3F, 0x80, 0, 0, 0xBF, 0, 0, 0])
        #expect(try VectorBytes.decode(bytes) == [1, -0.5])
        // Also out of the middle of something else.
        #expect(try VectorBytes.decode((Data([9]) + bytes).dropFirst()) == [1, -0.5])
    }

    @Test(arguments: [[], [0, 1], [0, 1, 0, 0], [0, 1, 0, 0, 1, 2, 3], [0, 0, 0, 0, 1]] as [[UInt8]])
    func `Bytes that are no vector are damage`(bytes: [UInt8]) {
        #expect(throws: FaceStoreError.damaged) { try VectorBytes.decode(Data(bytes)) }
    }
}
