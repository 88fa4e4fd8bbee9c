import FaceCore
import Foundation
import Imaging
import Testing

@Suite struct RejectionTests {
    private let decoder = PhotoDecoder()

    @Test func `An empty file is called empty`() {
        #expect(throws: ImagingError.emptyFile) { try decoder.decode([]) }
    }

    @Test(arguments: [
        ("%PDF-1.7\n%âãÏÓ\n1 0 obj", ForeignContent.pdf),
        ("\n  <!DOCTYPE html><html><body>no photo</body></html>", .html),
        ("<?xml version=\"1.0\"?><root/>", .xml),
        ("Просто текст, не фотография", .text),
        ("Buy Milk", .text),
        ("BM but a text that goes on for a while", .text),
        ("P5 is a nice size of paper", .text),
    ])
    func `A foreign text says what it looks like`(text: String, content: ForeignContent) {
        #expect(throws: ImagingError.notAPhoto(content)) { try decoder.decode(Array(text.utf8)) }
    }

    @Test(arguments: [
        ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], ForeignContent.archive),
        ([0x7F, 0x45, 0x4C, 0x46, 0x02, 0x01], .program),
        (Array("\0\0\0\u{18}ftypisom\0\0\u{2}\0isomiso2".utf8), .video),
        (Array("\0\0\0\u{18}ftypM4A \0\0\u{2}\0M4A mp42".utf8), .audio),
        (Array("RIFF\0\0\0\0WAVEfmt ".utf8), .audio),
        (Array("RIFF\0\0\0\0AVI LIST".utf8), .video),
    ])
    func `A foreign file says what it looks like`(bytes: [UInt8], content: ForeignContent) {
        #expect(throws: ImagingError.notAPhoto(content)) { try decoder.decode(bytes) }
    }

    @Test func `Random bytes are no photo`() {
        var generator = SeededGenerator(seed: 5)
        let bytes = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect(throws: ImagingError.notAPhoto(nil)) { try decoder.decode([0xC3] + bytes) }
    }

    @Test(arguments: [
        (Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8), "SVG"),
        ([0xFF, 0x0A, 0xFA, 0x1F], "JPEG XL"),
        (Array("8BPS\0\u{1}".utf8), "Photoshop"),
        ([0x49, 0x49, 0x2A, 0x00, 0x10, 0, 0, 0, 0x43, 0x52, 0x02, 0], "Raw camera"),
    ])
    func `A picture of another format is called unsupported`(bytes: [UInt8], name: String) {
        #expect(throws: ImagingError.unsupportedFormat(name)) { try decoder.decode(bytes) }
    }

    @Test(arguments: [
        "plain.jpg", "progressive.jpg", "plain.png", "lossy.webp", "plain.heic", "plain.avif", "plain.jp2", "still.gif",
        "plain.ppm", "ascii.pgm", "rgb16.tiff", "true_colour.bmp", "runs_8.bmp",
    ])
    func `A file that was cut off says so`(name: String) throws {
        let bytes = try Fixture.bytes("photos/\(name)")
        let format = try decoder.probe(bytes).format
        for share in [0.3, 0.6, 0.9] {
            let part = Array(bytes.prefix(Int(share * Double(bytes.count))))
            #expect(throws: ImagingError.truncated(format), "\(share) of \(name)") { try decoder.decode(part) }
        }
    }

    @Test func `A file that is whole but wrong is called damaged`() throws {
        var bytes = try Fixture.bytes("photos/plain.png")
        let data = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("IDAT".utf8)) })
        bytes[data + 12] ^= 0x55
        #expect(throws: ImagingError.damaged(.png)) { try decoder.decode(bytes) }
    }

    @Test func `A bomb is refused by its header alone`() throws {
        // The header of a picture of 30000 by 30000 points of one bit, and no pixels.
        var bytes = try Fixture.bytes("photos/one_bit.png")
        bytes.replaceSubrange(
            8..<33, with: PNGChunk.bytes("IHDR", [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 1, 0, 0, 0, 0]))
        let error = #expect(throws: ImagingError.self) { try decoder.decode(bytes) }
        #expect(error == .tooManyPixels(width: 30000, height: 30000, limit: 100_000_000))
        #expect(
            error?.message
                == "The photo is too large: 30000 × 30000 is 900 megapixels, and at most 100 are allowed.")
    }

    @Test(arguments: ["plain.jpg", "plain.png", "plain.heic", "true_colour.bmp", "runs_4.bmp", "pages.tiff"])
    func `The limit on pixels holds for probing and decoding`(name: String) throws {
        let bytes = try Fixture.bytes("photos/\(name)")
        let tooMany = ImagingError.tooManyPixels(width: 48, height: 32, limit: 48 * 32 - 1)
        #expect(throws: tooMany) { try PhotoDecoder(maximumPixels: 48 * 32 - 1).probe(bytes) }
        #expect(throws: tooMany) { try PhotoDecoder(maximumPixels: 48 * 32 - 1).decode(bytes) }
        #expect(try PhotoDecoder(maximumPixels: 48 * 32).decode(bytes).photo.pixelCount == 48 * 32)
    }

    @Test func `A side that no JPEG could hold is refused`() {
        let header = "P4\n70000 1\n"
        let bytes = Array(header.utf8) + [UInt8](repeating: 0, count: 70000 / 8)
        #expect(throws: ImagingError.sideTooLong(width: 70000, height: 1, limit: PhotoDecoder.maximumSide)) {
            try decoder.decode(bytes)
        }
    }

    @Test func `A file that cannot be read says why`() throws {
        let error = #expect(throws: ImagingError.self) { try decoder.decode(contentsOf: "/nowhere/photo.jpg") }
        #expect(error?.message == "The file cannot be read: there is no such file.")
        let folder = FileManager.default.temporaryDirectory.path
        let other = #expect(throws: ImagingError.self) { try decoder.decode(contentsOf: folder) }
        #expect(other?.message == "The file cannot be read: it is a folder.")
        let device = #expect(throws: ImagingError.self) { try decoder.decode(contentsOf: "/dev/zero") }
        #expect(device?.message == "The file cannot be read: it is not a regular file.")
    }

    @Test func `A file of too many bytes is not read`() throws {
        let small = PhotoDecoder(maximumPixels: 100, maximumBytes: 1000)
        #expect(throws: ImagingError.tooManyBytes(count: 1606, limit: 1000)) {
            try small.decode(contentsOf: Fixture.path("photos/eight_bits.bmp"))
        }
    }

    @Test func `Eight threads at once each get their own answer`() async throws {
        let good = try Fixture.bytes("photos/plain.jpg")
        let expected = try decoder.decode(good).photo
        let cases: [([UInt8], ImagingError?)] = [
            (good, nil),
            (Array(good.prefix(good.count / 2)), .truncated(.jpeg)),
            (Array(try Fixture.bytes("photos/plain.png").prefix(90)), .truncated(.png)),
            (Array("text".utf8), .notAPhoto(.text)),
            (Array(try Fixture.bytes("photos/plain.heic").prefix(300)), .truncated(.heic)),
            (Array(try Fixture.bytes("photos/pages.tiff").prefix(200)), .truncated(.tiff)),
            (try Fixture.bytes("photos/orientation_6.jpg"), nil),
            ([], .emptyFile),
        ]
        let results = await withTaskGroup(of: Bool.self) { group in
            for (bytes, error) in cases {
                group.addTask {
                    for _ in 0..<40 {
                        do throws(ImagingError) {
                            let photo = try PhotoDecoder().decode(bytes).photo
                            guard error == nil, bytes != good || photo == expected else { return false }
                        } catch {
                            guard error == cases.first(where: { $0.0 == bytes })?.1 else { return false }
                        }
                    }
                    return true
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == cases.count)
        #expect(results.allSatisfy { $0 })
    }
}
