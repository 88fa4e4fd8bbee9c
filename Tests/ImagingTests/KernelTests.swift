import FaceCore
import Imaging
import Testing

@Suite struct KernelTests {
    private struct Cases: Decodable {
        struct Size: Decodable {
            var width: Int
            var height: Int
        }
        struct Box: Decodable {
            var width: Int
            var height: Int
            var scale: Double
            var contentWidth: Int
            var contentHeight: Int
        }
        struct Warp: Decodable {
            var a: Double
            var b: Double
            var tx: Double
            var ty: Double
            var width: Int
            var height: Int
        }
        struct Reduction: Decodable {
            var side: Int
        }
        var resized: [Size]
        var letterboxed: [Box]
        var warped: [Warp]
        var reduced: [Reduction]
    }

    private let photo: Photo
    private let cases: Cases

    init() throws {
        photo = try Fixture.photo("kernels/photo.png")
        cases = try Fixture.decoded(Cases.self, from: "kernels.json")
    }

    /// How many grey levels a kernel is off the golden picture at most.
    private func difference(_ result: Photo, _ name: String) throws -> Int {
        try #require(result.largestDifference(to: Fixture.photo("kernels/\(name).png")), "\(name): sizes differ")
    }

    @Test func `Resizing equals OpenCV's bilinear to one grey level`() throws {
        for size in cases.resized {
            let result = photo.resized(width: size.width, height: size.height)
            #expect(try difference(result, "resized_\(size.width)x\(size.height)") <= 1)
        }
    }

    @Test func `Resizing to the photo's own size changes nothing`() {
        #expect(photo.resized(width: photo.width, height: photo.height) == photo)
    }

    @Test func `Letterboxing equals InsightFace's to one grey level`() throws {
        for box in cases.letterboxed {
            let result = photo.letterboxed(width: box.width, height: box.height)
            #expect(try difference(result.photo, "letterboxed_\(box.width)x\(box.height)") <= 1)
            #expect(result.scale == box.scale)
            #expect(result.contentWidth == box.contentWidth)
            #expect(result.contentHeight == box.contentHeight)
        }
    }

    @Test func `A letterboxed line keeps one row`() {
        let line = Photo(width: 3000, height: 1, pixels: [UInt8](repeating: 200, count: 9000))
        let result = line.letterboxed(width: 640, height: 640)
        #expect(result.contentHeight == 1)
        #expect(result.photo.pixel(0, 0) == [200, 200, 200])
        #expect(result.photo.pixel(0, 1) == [0, 0, 0])
    }

    @Test func `Warping equals OpenCV's warpAffine to one grey level`() throws {
        for (index, warp) in cases.warped.enumerated() {
            let transform = SimilarityTransform(a: warp.a, b: warp.b, tx: warp.tx, ty: warp.ty)
            let result = photo.warped(by: transform, width: warp.width, height: warp.height)
            #expect(try difference(result, "warped_\(index)") <= 1)
        }
    }

    @Test(arguments: [
        SimilarityTransform(a: 0, b: 0, tx: 0, ty: 0),
        SimilarityTransform(a: .nan, b: 0, tx: 0, ty: 0),
        SimilarityTransform(a: 1, b: 0, tx: .infinity, ty: 0),
        SimilarityTransform(a: 1, b: 0, tx: 1e300, ty: -1e300),
    ])
    func `A warp that leads nowhere is black`(transform: SimilarityTransform) {
        let result = photo.warped(by: transform, width: 8, height: 8)
        #expect(result.pixels.allSatisfy { $0 == 0 })
    }

    @Test func `Reducing equals OpenCV's area average to one grey level`() throws {
        for reduction in cases.reduced {
            let result = photo.reduced(toFitLongerSide: reduction.side)
            #expect(try difference(result, "reduced_\(reduction.side)") <= 1)
        }
    }

    @Test func `Reducing never enlarges`() {
        #expect(photo.reduced(toFitLongerSide: photo.width) == photo)
        #expect(photo.reduced(toFitLongerSide: 10_000) == photo)
    }

    @Test func `Reducing keeps at least one pixel a side`() {
        let line = Photo(width: 3000, height: 1, pixels: [UInt8](repeating: 90, count: 9000))
        let result = line.reduced(toFitLongerSide: 100)
        #expect(result.width == 100)
        #expect(result.height == 1)
        #expect(result.pixels.allSatisfy { $0 == 90 })
    }

    @Test func `A crop holds the photo's pixels and is clipped to it`() {
        let crop = photo.cropped(x: -5, y: 40, width: 15, height: 100)
        #expect(crop.width == 10)
        #expect(crop.height == 7)
        #expect(crop.pixel(3, 2) == photo.pixel(3, 42))
        #expect(photo.cropped(x: -1, y: -1, width: 500, height: 500) == photo)
    }
}
