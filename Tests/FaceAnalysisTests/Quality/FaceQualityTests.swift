import FaceCore
import Testing

@testable import FaceAnalysis

@Suite struct FaceQualityTests {
    /// Dark and light columns of a width.
    private func stripes(_ width: Int, contrast: UInt8) -> Photo {
        var pixels: [UInt8] = []
        for _ in 0..<24 {
            for x in 0..<24 {
                let value = (x / width).isMultiple(of: 2) ? 128 - contrast : 128 + (contrast - 1)
                pixels += [value, value, value]
            }
        }
        return Photo(width: 24, height: 24, pixels: pixels)
    }

    private func quality(_ crop: Photo, box: BoundingBox, in photo: Photo) -> FaceQuality? {
        let points = (0..<5).map { Point(Double($0), 0) }
        let face = DetectedFace(
            box: box, landmarks: Landmarks(layout: .eyesNoseMouth, points: points), detectionScore: 1)
        return FaceQuality(of: AlignedFace(face: face, crop: crop), in: photo)
    }

    @Test func `Sharpness is the variance of the Laplacian`() throws {
        // One white pixel amid black: the Laplacian is -1020 there, 255 at its four neighbours, 0 elsewhere.
        var pixels = [UInt8](repeating: 0, count: 3 * 49)
        for channel in 0..<3 { pixels[3 * (3 * 7 + 3) + channel] = 255 }
        let variance = try #require(Photo(width: 7, height: 7, pixels: pixels).laplacianVariance())
        #expect(abs(variance - (1020.0 * 1020 + 4 * 255 * 255) / 25) < 1e-6)
        #expect(Photo(width: 7, height: 7, pixels: [UInt8](repeating: 90, count: 147)).laplacianVariance() == 0)
    }

    @Test func `Less contrast and coarser structure are less sharp`() throws {
        let sharp = try #require(stripes(2, contrast: 100).laplacianVariance())
        let dull = try #require(stripes(2, contrast: 20).laplacianVariance())
        let coarse = try #require(stripes(6, contrast: 100).laplacianVariance())
        #expect(dull < sharp / 10 && coarse < sharp)
    }

    @Test func `A crop without inner pixels has no quality`() {
        let photo = Photo(width: 2, height: 9, pixels: [UInt8](repeating: 0, count: 54))
        #expect(quality(photo, box: BoundingBox(x: 0, y: 0, width: 2, height: 2), in: photo) == nil)
    }

    @Test func `The visible share is that of the box on the photo`() throws {
        let photo = stripes(2, contrast: 50)
        let half = try #require(quality(photo, box: BoundingBox(x: -10, y: 0, width: 20, height: 20), in: photo))
        #expect(half.visibleShare == 0.5)
        let corner = try #require(quality(photo, box: BoundingBox(x: 14, y: 14, width: 20, height: 20), in: photo))
        #expect(abs(corner.visibleShare - 0.25) < 1e-12)
        let whole = try #require(quality(photo, box: BoundingBox(x: 2, y: 2, width: 20, height: 20), in: photo))
        #expect(whole.visibleShare == 1)
    }
}
