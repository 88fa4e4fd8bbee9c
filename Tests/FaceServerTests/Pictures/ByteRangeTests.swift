import FaceServer
import Testing

struct ByteRangeTests {
    @Test(
        arguments: [
            (nil, ByteRange.whole),
            ("bytes=0-0", .part(0...0)),
            ("bytes=0-", .part(0...99)),
            ("bytes=10-19", .part(10...19)),
            ("BYTES= 10-1000", .part(10...99)),
            ("bytes=-1", .part(99...99)),
            ("bytes=-1000", .part(0...99)),
            ("bytes=99-99999999999999999999999", .part(99...99)),
            ("bytes=100-", .unsatisfiable),
            ("bytes=99999999999999999999999-", .unsatisfiable),
            ("bytes=-0", .unsatisfiable),
            ("bytes=20-10", .whole),
            ("bytes=-", .whole),
            ("bytes=0-1,5-6", .whole),
            ("bytes=a-b", .whole),
            ("bytes=+1-2", .whole),
            ("lines=1-2", .whole),
        ] as [(String?, ByteRange)])
    func `A range is what RFC 9110 makes of the field`(field: String?, range: ByteRange) {
        #expect(ByteRange(field, length: 100) == range)
    }

    @Test func `An empty file has no bytes to ask for`() {
        #expect(ByteRange("bytes=0-", length: 0) == .unsatisfiable)
        #expect(ByteRange("bytes=-5", length: 0) == .unsatisfiable)
    }
}
