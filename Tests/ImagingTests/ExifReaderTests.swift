import FaceCore
import Testing

@testable import Imaging

@Suite struct ExifReaderTests {
    @Test(arguments: [
        ("2024:02:29 23:59:59", "2024-02-29T23:59:59"),
        ("1999-12-31 00:00:00", "1999-12-31T00:00:00"),
        ("2008:05:30 15:56:01.250", "2008-05-30T15:56:01"),
        ("2023:02:29 12:00:00", nil),
        ("0000:00:00 00:00:00", nil),
        ("2024:13:01 12:00:00", nil),
        ("2024:12:01 24:00:00", nil),
        ("    :  :     :  :  ", nil),
        ("yesterday", nil),
    ])
    func `A time is taken only if a clock can have shown it`(text: String, expected: String?) {
        #expect(ExifReader.localTime(text) == expected)
    }

    @Test(arguments: [
        ("+03:00", 180), ("-09:30", -570), ("Z", 0), ("+14:00", 840), ("+14:30", nil), ("+99:00", nil), ("03:00", nil),
        ("+3", nil), ("+-3:00", nil), ("", nil),
    ])
    func `An offset lies within those that occur on Earth`(text: String, expected: Int?) {
        #expect(ExifReader.offset(text) == expected)
    }

    @Test(arguments: [
        ("Canon", "Canon EOS 40D", "Canon EOS 40D"),
        ("NIKON CORPORATION", "NIKON D70", "NIKON D70"),
        ("Apple", "iPhone 11 Pro Max", "Apple iPhone 11 Pro Max"),
        ("  OLYMPUS OPTICAL CO.,LTD  ", "C2040Z   ", "OLYMPUS OPTICAL CO.,LTD C2040Z"),
        ("Canon", "", "Canon"),
        ("", "X100", "X100"),
        ("", "", nil),
    ])
    func `The maker is not said twice`(maker: String, model: String, expected: String?) {
        #expect(ExifReader(Self.block(maker: maker, model: model))?.camera == expected)
    }

    @Test func `No mutation of a block crashes the reader`() throws {
        let original = Self.block(maker: "Canon", model: "Canon EOS 40D")
        var generator = SeededGenerator(seed: 3)
        var read = 0
        for _ in 0..<5000 {
            var bytes = original
            for _ in 0..<3 {
                bytes[Int.random(in: 4..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            bytes.removeLast(Int.random(in: 0...4, using: &generator))
            if let reader = ExifReader(bytes), reader.camera != nil { read += 1 }
            _ = ExifReader(bytes)?.takenAt
            _ = ExifReader(bytes)?.isPageCutOff
        }
        #expect(read > 100)
    }

    @Test func `Numbers that would overflow are no place in the file`() {
        let reader = ByteReader(bytes: [UInt8](repeating: 0xFF, count: 16))
        #expect(reader.integer(at: 0, size: 8, bigEndian: true) == nil)
        #expect(reader.integer(at: 15, size: 2, bigEndian: true) == nil)
        #expect(reader.integer(at: -1, size: 1, bigEndian: true) == nil)
        #expect(reader.integer(at: 14, size: 2, bigEndian: false) == 0xFFFF)
    }

    /// A big-endian block with a maker and a model.
    private static func block(maker: String, model: String) -> [UInt8] {
        var head: [UInt8] = Array("MM\0*\0\0\0\u{8}\0\u{2}".utf8)
        var body: [UInt8] = []
        for (tag, text) in [(0x0F, maker), (0x10, model)] {
            let bytes = Array(text.utf8) + [0, 0, 0, 0]
            head += [1, UInt8(tag), 0, 2, 0, 0, 0, UInt8(bytes.count), 0, 0, 0, UInt8(38 + body.count)]
            body += bytes
        }
        return head + [0, 0, 0, 0] + body
    }
}
