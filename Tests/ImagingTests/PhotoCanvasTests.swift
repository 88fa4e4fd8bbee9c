import FaceCore
import Testing

@testable import Imaging

@Suite struct PhotoCanvasTests {
    private let grey = Photo(width: 400, height: 300, pixels: [UInt8](repeating: 128, count: 3 * 400 * 300))
    private let box = BoundingBox(x: 100, y: 100, width: 120, height: 140)
    private let red = InkColor(red: 220, green: 20, blue: 20)

    private func drawn(_ text: String, at box: BoundingBox? = nil, on photo: Photo? = nil) throws -> Photo {
        var canvas = PhotoCanvas(photo ?? grey)
        try canvas.draw([FaceLabel(box: box ?? self.box, text: text, color: red)])
        return canvas.photo
    }

    /// The smallest rectangle that holds all pixels that differ.
    private func changed(_ photo: Photo, from other: Photo) -> (x: ClosedRange<Int>, y: ClosedRange<Int>)? {
        var columns: [Int] = []
        var rows: [Int] = []
        for y in 0..<photo.height {
            for x in 0..<photo.width where photo.pixel(x, y) != other.pixel(x, y) {
                columns.append(x)
                rows.append(y)
            }
        }
        guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max() else {
            return nil
        }
        return (left...right, top...bottom)
    }

    @Test func `A box without text is an outline and nothing else`() throws {
        let photo = try drawn("")
        let area = try #require(changed(photo, from: grey))
        #expect(area.x == 100...219)
        #expect(area.y == 100...239)
        #expect(photo.pixel(100, 170) == [220, 20, 20])
        #expect(photo.pixel(160, 170) == [128, 128, 128])
    }

    @Test(arguments: [
        "person_7 0.83", "Иван Иванов", "山田太郎", "<b>&amp;\"'", "a < b & c > d", "</span", "x\ny\tz\u{0}w",
    ])
    func `Text of any script is drawn above the box`(text: String) throws {
        let photo = try drawn(text)
        let bare = try drawn("")
        let area = try #require(changed(photo, from: bare))
        #expect(area.y.upperBound < 100)
        // Ink, not only background: white on red.
        let ink = (area.y).contains { y in (area.x).contains { x in photo.pixel(x, y)[1] > 200 } }
        #expect(ink)
    }

    @Test func `Markup is written as it stands`() throws {
        #expect(try drawn("<b>x</b>") != drawn("x"))
        #expect(try drawn("&lt;") != drawn("<"))
    }

    @Test(arguments: [
        BoundingBox(x: 300, y: 5, width: 90, height: 90), BoundingBox(x: -30, y: -20, width: 80, height: 80),
        BoundingBox(x: 350, y: 250, width: 200, height: 200), BoundingBox(x: -50, y: -50, width: 500, height: 400),
    ])
    func `Labels at the border stay within the photo`(box: BoundingBox) throws {
        let photo = try drawn("A rather long name 0.99", at: box)
        let bare = try drawn("", at: box)
        let area = try #require(changed(photo, from: bare))
        #expect(area.x.lowerBound >= 0)
        #expect(area.x.upperBound < 400)
        // The whole label, not a slice of it.
        #expect(area.x.count > 80)
        #expect(area.y.count >= 9)
    }

    @Test(arguments: [
        BoundingBox(x: 1000, y: 10, width: 50, height: 50), BoundingBox(x: .nan, y: 10, width: 50, height: 50),
        BoundingBox(x: 10, y: 10, width: -5, height: 5), BoundingBox(x: -100, y: 0, width: 50, height: 50),
    ])
    func `Boxes that do not touch the photo are left out`(box: BoundingBox) throws {
        #expect(try drawn("nobody", at: box) == grey)
    }

    @Test func `Huge boxes and tiny photos are drawn without fuss`() throws {
        let dot = Photo(width: 1, height: 1, pixels: [1, 2, 3])
        let photo = try drawn("name", at: BoundingBox(x: -1e9, y: -1e9, width: 3e9, height: 3e9), on: dot)
        #expect(photo.width == 1)
        let edges = try drawn("", at: BoundingBox(x: -1e300, y: 50, width: 2e300, height: 20))
        #expect(edges.pixel(200, 50) == [220, 20, 20])
        #expect(edges.pixel(200, 60) == [128, 128, 128])
    }

    @Test func `Labels do not cover each other while there is room`() {
        var layout = LabelLayout(width: 400, height: 300)
        let area = PixelArea(x: 100, y: 100, width: 50, height: 60)
        let places = (0..<4).map { _ in layout.place(60, 20, at: area) }
        for (index, place) in places.enumerated() {
            #expect(!places[..<index].contains { $0.overlaps(place) })
        }
        #expect(places[0].y == 80)
        #expect(places[1].y == 160)
    }

    @Test func `Text grows with the photo`() {
        let small = LabelLayout(width: 640, height: 480)
        let large = LabelLayout(width: 8000, height: 6000)
        let face = BoundingBox(x: 0, y: 0, width: 100, height: 100)
        #expect((11...20).contains(small.fontSize(for: face)))
        #expect((100...240).contains(large.fontSize(for: face)))
        #expect(large.thickness > 4 * small.thickness)
    }

    @Test func `The first colours are far from each other`() {
        let colors = (0..<12).map(PhotoCanvas.color(forIndex:))
        for first in colors.indices {
            for second in colors.indices where second > first {
                let (a, b) = (colors[first], colors[second])
                let distance =
                    abs(Int(a.red) - Int(b.red)) + abs(Int(a.green) - Int(b.green)) + abs(Int(a.blue) - Int(b.blue))
                #expect(distance > 60, "\(first) and \(second)")
            }
        }
        #expect(PhotoCanvas.color(forIndex: .min) == PhotoCanvas.color(forIndex: .min))
    }

    @Test func `What is encoded decodes to the same photo`() throws {
        let photo = try Fixture.photo("kernels/photo.png")
        let decoder = PhotoDecoder()
        #expect(try decoder.decode(photo.png()).photo == photo)
        let jpeg = try decoder.decode(photo.jpeg(quality: 100))
        #expect(jpeg.metadata.format == .jpeg)
        #expect(jpeg.photo.width == photo.width)
        #expect(try photo.jpeg(quality: 30).count < photo.jpeg(quality: 95).count)
        #expect(try decoder.decode(PhotoCanvas(grey).jpeg()).photo.pixel(5, 5) == [128, 128, 128])
    }
}
