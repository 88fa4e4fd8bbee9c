import FaceCore
import Testing

@testable import FaceAnalysis

@Suite struct DlibCanvasTests {
    private func area(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int) -> DlibPlanes.Area {
        DlibPlanes.Area(left: left, top: top, width: right - left + 1, height: bottom - top + 1)
    }

    @Test func `The sizes of a photo lie where dlib puts them`() {
        let small = DlibTiledLayout(width: 160, height: 120)
        #expect(small.width == 182 && small.height == 491)
        #expect(small.tiles.count == 16)
        #expect(
            small.tiles.prefix(4) == [
                area(11, 11, 170, 130), area(11, 141, 143, 240), area(11, 251, 120, 333), area(11, 344, 101, 412),
            ])
        let vga = DlibTiledLayout(width: 640, height: 480)
        #expect(vga.width == 662 && vga.height == 1782 && vga.tiles.count == 24)
    }

    @Test func `No two sizes of a photo overlap, and all lie on the canvas`() {
        for (width, height) in [(1, 1), (1, 300), (300, 1), (30, 40), (640, 480), (333, 1000), (1000, 333)] {
            let layout = DlibTiledLayout(width: width, height: height)
            for (index, tile) in layout.tiles.enumerated() {
                #expect(tile.left >= 0 && tile.left + tile.width <= layout.width)
                #expect(tile.top >= 0 && tile.top + tile.height <= layout.height)
                for other in layout.tiles[..<index] {
                    let apart =
                        tile.left >= other.left + other.width || other.left >= tile.left + tile.width
                        || tile.top >= other.top + other.height || other.top >= tile.top + tile.height
                    #expect(apart, "\(width) × \(height): \(tile) and \(other)")
                }
            }
        }
    }

    @Test func `Pixels are brought to shares of 256 around the mean colour`() {
        var planes = DlibPlanes(width: 3, height: 2)
        planes.draw(Photo(width: 1, height: 1, pixels: [255, 117, 0]), left: 1, top: 1)
        var expected = [Float](repeating: 0, count: 18)
        expected[4] = (255 - 122.782) / 256
        expected[10] = (117 - 117.001) / 256
        expected[16] = (0 - 104.298) / 256
        #expect(planes.values == expected)
    }

    @Test func `Resizing keeps the corners and blends between`() {
        // Red falls from left to right by 64 a pixel and rises downwards by 32.
        let pixels: [UInt8] = [192, 128, 64, 224, 160, 96].flatMap { [$0, 0, 0] }
        var planes = DlibPlanes(width: 3, height: 2)
        planes.draw(Photo(width: 3, height: 2, pixels: pixels), left: 0, top: 0)
        var resized = DlibPlanes(width: 7, height: 4)
        resized.drawResized(area(0, 0, 2, 1), of: planes, into: area(1, 1, 5, 3))
        for row in 0..<3 {
            for column in 0..<5 {
                let grey = 192 - 32 * Float(column) + 16 * Float(row)
                let value = resized.values[7 * (row + 1) + column + 1]
                #expect(abs(value - (grey - 122.782) / 256) < 1e-6)
            }
        }
        // The border stays empty.
        #expect(resized.values[..<8].allSatisfy { $0 == 0 } && resized.values[13] == 0)
    }

    @Test func `A window's box is brought back to the photo as dlib does`() {
        let photo = SyntheticDlibFiles.photo(height: 120, width: 160)
        let canvas = DlibCanvas(pyramidOf: photo)
        #expect(canvas.tiles.count == 16)
        // On the photo itself: 80 pixels around (49, 49).
        #expect(canvas.box(ofWindowAt: 60, 60) == BoundingBox(x: 10, y: 10, width: 80, height: 80))
        // Once shrunk: (9.5 to 88.5) · 1.2 + 0.3, rounded.
        #expect(canvas.box(ofWindowAt: 60, 190) == BoundingBox(x: 12, y: 12, width: 96, height: 96))
    }

    @Test func `A window on a resized photo covers what it shows`() {
        let photo = SyntheticDlibFiles.photo(height: 81, width: 101)
        let canvas = DlibCanvas(photo, standingFor: photo, width: 201, height: 161, border: 11)
        #expect(canvas.planes.width == 223 && canvas.planes.height == 183)
        // Twice as large: pixel (50, 40) of the photo lies at (111, 91) on the canvas.
        #expect(canvas.box(ofWindowAt: 111, 91) == BoundingBox(x: 31, y: 21, width: 40, height: 40))
    }

    @Test func `Photos are searched in sizes that fit their smallest faces`() {
        func search(_ side: Int, _ minimumSize: Double) -> Double {
            DlibSearchSizes(
                width: side, height: side / 2, minimumSize: minimumSize, longerSide: 1600, maximumEnlargement: 3
            ).enlargement
        }
        #expect(search(500, 73) == 1)
        #expect(search(500, 36.5) == 2)
        #expect(search(500, 10) == 3)
        #expect(search(1000, 10) == 1.6)
        #expect(search(6400, 30) == 0.25)
        #expect(search(1000, 146) == 0.5)

        let sizes = DlibSearchSizes.sizes(width: 1600, height: 1200)
        #expect(sizes.prefix(3).map(\.width) == [1600, 1066, 710])
        #expect(sizes.first?.border == 11 && sizes.last?.border == 20)
        #expect(sizes.reduce(0) { $0 + $1.width * $1.height } < 1600 * 1200 * 2)
        for (larger, smaller) in zip(sizes, sizes.dropFirst()) {
            #expect(smaller.width < larger.width && smaller.height < larger.height)
        }
        #expect(DlibSearchSizes.sizes(width: 1600, height: 4).isEmpty)
        #expect(DlibSearchSizes.sizes(width: 20, height: 20).isEmpty)
    }
}
