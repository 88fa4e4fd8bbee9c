import FaceCore
import Testing

@testable import Imaging

@Suite struct AnymapReaderTests {
    private func decoded(_ header: String, _ pixels: [UInt8] = []) throws -> Photo {
        try PhotoDecoder().decode(Array(header.utf8) + pixels).photo
    }

    @Test func `A bitmap's ones are black, as text and as bits`() throws {
        let expected: [UInt8] = [0, 0, 0, 255, 255, 255, 0, 0, 0]
        #expect(try decoded("P1\n3 1\n101").pixels == expected)
        #expect(try decoded("P1 3 1 1 0 1\n").pixels == expected)
        #expect(try decoded("P4\n3 1\n", [0b1010_0000]).pixels == expected)
    }

    @Test func `Levels are scaled from the file's own maximum`() throws {
        #expect(try decoded("P2\n2 1 4\n2 4").pixels == [128, 128, 128, 255, 255, 255])
        #expect(try decoded("P5\n2 1 100\n", [50, 200]).pixels == [128, 128, 128, 255, 255, 255])
        #expect(try decoded("P6\n1 1 65535\n", [0xFF, 0xFF, 0x80, 0x00, 0, 0]).pixels == [255, 128, 0])
        #expect(try decoded("P3\n# a comment 9\n1 # and one more\n1 255 1 2 3").pixels == [1, 2, 3])
    }

    @Test(arguments: ["P3\n2 2 255\n1 2 x", "P5\n0 5 255\n", "P5\n5 5 70000\n", "P6\n99999999999999999999 1 255\n"])
    func `What is no number is damage`(file: String) {
        #expect(throws: ImagingError.damaged(.ppm)) { try decoded(file, [UInt8](repeating: 0x78, count: 50)) }
    }

    @Test(arguments: ["P3\n2 2 255\n1 2 3", "P1\n4 4\n1", "P5\n5 5", "P4 9 9\n0", "P6\n9000 9000 255\nabc", "P2 "])
    func `What ends early is cut off`(file: String) {
        #expect(throws: ImagingError.truncated(.ppm)) { try decoded(file) }
    }
}
