import FaceCore
import Testing

@testable import FaceAnalysis

@Suite struct ArcFaceAlignerTests {
    @Test func `Crops are InsightFace's, black outside of the photo`() throws {
        let cases = try InsightFacePeer.faces()
        for face in cases.faces {
            let crop = try ArcFaceAligner().align(face.detected, in: cases.photo).crop
            #expect(crop.width == 112 && crop.height == 112)
            var grid: [Int] = []
            for y in stride(from: 8, to: 112, by: 24) {
                for x in stride(from: 8, to: 112, by: 24) {
                    grid += crop.pixels[(3 * (y * 112 + x))..<(3 * (y * 112 + x) + 3)].map(Int.init)
                }
            }
            let difference = zip(grid, face.cropGrid).map { abs($0 - $1) }.max()
            #expect(grid.count == face.cropGrid.count)
            #expect(difference ?? .max <= 2)
        }
    }

    @Test func `Landmarks that stand on the template leave the photo as it is`() throws {
        let photo = InsightFacePeer.photo(width: 112, height: 112)
        let face = DetectedFace(
            box: BoundingBox(x: 0, y: 0, width: 112, height: 112),
            landmarks: Landmarks(layout: .eyesNoseMouth, points: ArcFaceTemplate.points), detectionScore: 1)
        #expect(try ArcFaceAligner().align(face, in: photo).crop == photo)
    }

    @Test func `A larger crop shows the same part of the photo`() throws {
        let cases = try InsightFacePeer.faces()
        let face = try #require(cases.faces.first).detected
        let small = try ArcFaceAligner().align(face, in: cases.photo).crop
        let large = try ArcFaceAligner(side: 224).align(face, in: cases.photo).crop
        #expect(large.width == 224)
        for (x, y) in [(20, 20), (56, 56), (90, 30)] {
            let one = Int(small.pixels[3 * (y * 112 + x)])
            let other = Int(large.pixels[3 * (2 * y * 224 + 2 * x)])
            #expect(abs(one - other) <= 4)
        }
    }

    @Test func `Landmarks of another family are refused`() {
        let points = [Point](repeating: Point(1, 1), count: 5)
        let face = DetectedFace(
            box: BoundingBox(x: 0, y: 0, width: 9, height: 9),
            landmarks: Landmarks(layout: .eyeCornersNose, points: points), detectionScore: 1)
        #expect(throws: FaceAnalysisError.unsupportedLandmarks(.eyeCornersNose)) {
            try ArcFaceAligner().align(face, in: InsightFacePeer.photo(width: 9, height: 9))
        }
    }

    @Test(arguments: [0.0, .nan, .infinity])
    func `Landmarks that define no face are an error, not a crop`(coordinate: Double) {
        let points = [Point](repeating: Point(coordinate, 0), count: 5)
        let face = DetectedFace(
            box: BoundingBox(x: 0, y: 0, width: 9, height: 9),
            landmarks: Landmarks(layout: .eyesNoseMouth, points: points), detectionScore: 1)
        #expect(throws: FaceAnalysisError.degenerateLandmarks) {
            try ArcFaceAligner().align(face, in: InsightFacePeer.photo(width: 9, height: 9))
        }
    }
}
