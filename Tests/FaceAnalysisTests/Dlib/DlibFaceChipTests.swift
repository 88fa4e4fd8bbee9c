import FaceCore
import Testing

@testable import FaceAnalysis

@Suite struct DlibFaceChipTests {
    @Test func `Chips are dlib's to the last bit`() throws {
        let chips = try DlibReference.load().chips
        #expect(chips.count == 6)
        for chip in chips {
            let photo = SyntheticDlibFiles.photo(height: chip.height, width: chip.width)
            let landmarks = chip.landmarks.map { Point($0[0], $0[1]) }
            #expect(crc32(DlibFaceChip(landmarks: landmarks).cut(from: photo).pixels) == chip.crc32)
        }
    }

    @Test func `A chip's place is the similarity's`() {
        let landmarks = [Point(180, 100), Point(160, 101), Point(110, 99), Point(130, 102), Point(145, 140)]
        let chip = DlibFaceChip(landmarks: landmarks)
        #expect(abs(chip.angle - 0.005164914063594745) < 1e-12)
        for (found, expected) in [
            (chip.area.left, 74.642988265), (chip.area.top, 56.069162662), (chip.area.right, 217.058938415),
            (chip.area.bottom, 198.485112811),
        ] {
            #expect(abs(found - expected) < 1e-8)
        }
    }

    @Test func `A face that lies outside of its photo gives a black chip`() {
        let landmarks = [Point(980, 100), Point(960, 101), Point(910, 99), Point(930, 102), Point(945, 140)]
        let chip = DlibFaceChip(landmarks: landmarks).cut(from: SyntheticDlibFiles.photo(height: 50, width: 60))
        #expect(chip.width == 150 && chip.height == 150 && chip.pixels.allSatisfy { $0 == 0 })
    }

    @Test func `The aligner refuses landmarks that it cannot use`() throws {
        let photo = SyntheticDlibFiles.photo(height: 50, width: 60)
        func face(_ layout: LandmarkLayout, _ points: [Point]) -> DetectedFace {
            DetectedFace(
                box: BoundingBox(x: 0, y: 0, width: 40, height: 40),
                landmarks: Landmarks(layout: layout, points: points),
                detectionScore: 1)
        }
        let spread = [Point(40, 10), Point(30, 10), Point(5, 10), Point(15, 10), Point(22, 30)]
        let same = [Point](repeating: Point(3, 3), count: 5)
        #expect(throws: FaceAnalysisError.unsupportedLandmarks(.eyesNoseMouth)) {
            try DlibFaceAligner().align(face(.eyesNoseMouth, spread), in: photo)
        }
        #expect(throws: FaceAnalysisError.degenerateLandmarks) {
            try DlibFaceAligner().align(face(.eyeCornersNose, same), in: photo)
        }
        #expect(throws: FaceAnalysisError.degenerateLandmarks) {
            try DlibFaceAligner().align(face(.eyeCornersNose, same.dropLast() + [Point(.nan, 0)]), in: photo)
        }
        #expect(try DlibFaceAligner().align(face(.eyeCornersNose, spread), in: photo).crop.width == 150)
    }
}
