import FaceCore
import Imaging
import Testing

@Suite struct PhotoDecoderTests {
    private let decoder = PhotoDecoder()

    @Test func `Every kind of file shows its four quarters upright and in colour`() throws {
        let expected = try ExpectedPhoto.all()
        #expect(expected.count > 50)
        for (name, photo) in expected {
            let decoded = try decoder.decode(Fixture.bytes("photos/\(name)"))
            #expect(decoded.metadata.format == photo.format, "\(name)")
            #expect(decoded.photo.width == photo.width, "\(name)")
            #expect(decoded.photo.height == photo.height, "\(name)")
            let differences = zip(decoded.photo.quarters.joined(), photo.quarters.joined()).map { abs($0 - $1) }
            #expect(differences.max() ?? 255 <= photo.tolerance, "\(name): \(decoded.photo.quarters)")
        }
    }

    @Test func `Dates and cameras are read from every kind of file that has them`() throws {
        for (name, photo) in try ExpectedPhoto.all() {
            let metadata = try decoder.decode(Fixture.bytes("photos/\(name)")).metadata
            #expect(metadata.takenAt?.localTime == photo.takenAt, "\(name)")
            #expect(metadata.takenAt?.utcOffsetMinutes == photo.utcOffsetMinutes, "\(name)")
            #expect(metadata.camera == photo.camera, "\(name)")
        }
    }

    @Test func `Probing says the same as decoding`() throws {
        for name in try ExpectedPhoto.all().keys {
            let bytes = try Fixture.bytes("photos/\(name)")
            #expect(try decoder.probe(bytes) == decoder.decode(bytes).metadata, "\(name)")
        }
    }

    @Test(arguments: ["plain.jpg", "plain.png", "lossy.webp", "true_colour.bmp", "still.gif", "plain.ppm"])
    func `Bytes after the end of the photo do no harm`(name: String) throws {
        let bytes = try Fixture.bytes("photos/\(name)")
        let garbage = (0..<500).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        #expect(try decoder.decode(bytes + garbage).photo == decoder.decode(bytes).photo)
    }

    @Test(arguments: ["camera.jpg", "camera.webp"])
    func `No EXIF block, however broken, costs a photo its pixels`(name: String) throws {
        let bytes = try Fixture.bytes("photos/\(name)")
        let expected = try decoder.decode(bytes).photo
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("MM\0*".utf8)) })
        let end = try #require(bytes.indices.last { bytes[$0...].starts(with: Array("+03:00".utf8)) })
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            var broken = bytes
            for _ in 0..<4 {
                broken[Int.random(in: start..<end, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            #expect(try decoder.decode(broken).photo.quarters == expected.quarters)
        }
    }

    @Test func `A file is decoded by its content whatever its path`() throws {
        let decoded = try decoder.decode(contentsOf: Fixture.path("photos/plain.png"))
        #expect(decoded.photo == (try Fixture.photo("photos/plain.png")))
    }

    @Test func `Photos larger than a strip keep every row in every orientation`() throws {
        // 70 rows: more than two strips of 32, so that a strip that is put in the wrong place shows.
        let width = 50
        let height = 70
        var pixels: [UInt8] = []
        for y in 0..<height { for x in 0..<width { pixels += [UInt8(5 * x), UInt8(3 * y), UInt8((x + y) % 256)] } }
        let upright = Photo(width: width, height: height, pixels: pixels)
        let png = try upright.png()
        for orientation in 1...8 {
            let turned = try decoder.decode(Self.oriented(png, orientation)).photo
            #expect(turned == Self.turned(upright, orientation), "orientation \(orientation)")
        }
    }

    /// A PNG file with an eXIf chunk that says an orientation.
    private static func oriented(_ png: [UInt8], _ orientation: Int) -> [UInt8] {
        let exif: [UInt8] =
            [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation), 0, 0, 0, 0, 0, 0]
        let chunk = PNGChunk.bytes("eXIf", exif)
        return Array(png[..<33]) + chunk + Array(png[33...])
    }

    /// By the table of the EXIF standard: which side of the stored picture is the upright one's first row and column.
    private static func turned(_ stored: Photo, _ orientation: Int) -> Photo {
        let swaps = orientation > 4
        let width = swaps ? stored.height : stored.width
        let height = swaps ? stored.width : stored.height
        var pixels: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                var (column, row) = swaps ? (y, x) : (x, y)
                if [2, 3, 7, 8].contains(orientation) { column = stored.width - 1 - column }
                if [3, 4, 6, 7].contains(orientation) { row = stored.height - 1 - row }
                pixels += stored.pixel(column, row).map { UInt8($0) }
            }
        }
        return Photo(width: width, height: height, pixels: pixels)
    }
}
