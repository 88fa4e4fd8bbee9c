import FaceCore
import Testing

@testable import Imaging

@Suite struct BMPReaderTests {
    @Test func `Run lengths may jump, stop early and alternate two colours`() throws {
        // Row 0: three pixels of 1 and 2 in turn; a jump by one row and two columns; a pixel of 3; the end.
        let bytes: [UInt8] = [3, 0x12, 0, 2, 0, 1, 1, 0x30, 0, 1]
        let runs = BMPRunLengths(bytes: bytes, offset: 0, width: 4, height: 3, isNibbles: true)
        #expect(try runs.decoded() == [1, 2, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0])
    }

    @Test func `Runs beyond a row's end are dropped`() throws {
        let bytes: [UInt8] = [200, 7, 0, 0, 0, 3, 1, 2, 3, 0, 0, 1]
        let runs = BMPRunLengths(bytes: bytes, offset: 0, width: 2, height: 2, isNibbles: false)
        #expect(try runs.decoded() == [7, 7, 1, 2])
    }

    @Test func `A palette index without a colour is black`() throws {
        var bytes = try Fixture.bytes("photos/eight_bits.bmp")
        bytes[bytes.count - 1] = 250
        let photo = try BMPReader(bytes).decoded()
        #expect(photo.pixel(47, 0) == [0, 0, 0])
    }

    @Test(arguments: [
        (28, 7), (28, 0), (30, 9), (18, 0), (22, 0),
    ])
    func `Impossible headers are called damaged`(position: Int, value: UInt8) throws {
        var bytes = try Fixture.bytes("photos/true_colour.bmp")
        bytes.replaceSubrange(position..<(position + 2), with: [value, 0])
        #expect(throws: ImagingError.damaged(.bmp)) { try PhotoDecoder().decode(bytes) }
    }

    @Test func `No mutation of a bitmap crashes the reader or passes the limit`() throws {
        let names = [
            "one_bit", "four_bits", "eight_bits", "os2", "true_colour", "top_down", "thirty_two", "fifteen_bits",
            "fields_565", "fields_alpha", "runs_8", "runs_4",
        ]
        let decoder = PhotoDecoder(maximumPixels: 1_000_000)
        var generator = SeededGenerator(seed: 2)
        var decoded = 0
        var refused = 0
        for name in names {
            let original = try Fixture.bytes("photos/\(name).bmp")
            for round in 0..<400 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...6, using: &generator) {
                    // Headers and the first run lengths are where the numbers are.
                    let end = round % 4 == 0 ? bytes.count : min(bytes.count, 80)
                    let position = Int.random(in: 2..<end, using: &generator)
                    bytes[position] =
                        [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &generator)]
                        .randomElement(using: &generator) ?? 0
                }
                if round % 5 == 0 { bytes.removeLast(Int.random(in: 0...(bytes.count - 2), using: &generator)) }
                do throws(ImagingError) {
                    let photo = try decoder.decode(bytes).photo
                    #expect(photo.pixelCount <= 1_000_000)
                    decoded += 1
                } catch {
                    refused += 1
                }
            }
        }
        // Both ways were taken, or the mutations prove nothing.
        #expect(decoded > 500)
        #expect(refused > 500)
    }
}
