import FaceCore
import Testing

@testable import FaceAnalysis

@Suite struct DlibShapePredictorTests {
    @Test func `Landmarks are dlib's, at the border too`() throws {
        let predictor = try DlibShapePredictor(SyntheticDlibFiles.shapePredictor())
        let photo = SyntheticDlibFiles.photo(height: 240, width: 320)
        let shapes = try DlibReference.load().landmarks
        #expect(shapes.count == 3)
        for shape in shapes {
            let box = BoundingBox(
                x: shape.box[0], y: shape.box[1], width: shape.box[2] - shape.box[0] + 1,
                height: shape.box[3] - shape.box[1] + 1)
            let landmarks = predictor.landmarks(in: photo, box: box)
            #expect(landmarks.layout == .eyeCornersNose)
            #expect(landmarks.points.map { [$0.x, $0.y] } == shape.points)
        }
    }

    @Test func `A box without extent gives points all the same`() throws {
        let predictor = try DlibShapePredictor(SyntheticDlibFiles.shapePredictor())
        let photo = Photo(width: 1, height: 1, pixels: [1, 2, 3])
        let landmarks = predictor.landmarks(in: photo, box: BoundingBox(x: 0, y: 0, width: 1, height: 1))
        #expect(landmarks.points == [Point](repeating: Point(0, 0), count: 5))
    }

    @Test func `Wherever the file is cut off, that is an error`() {
        let file = SyntheticDlibFiles.shapePredictor(cascades: 2, trees: 2, depth: 2, features: 5)
        for length in 0..<file.count {
            #expect(throws: DlibFormatError.self) { try DlibShapePredictor(Array(file[..<length])) }
        }
    }

    @Test func `A changed byte gives an error or a predictor, never a crash`() throws {
        let file = SyntheticDlibFiles.shapePredictor(cascades: 2, trees: 2, depth: 2, features: 5)
        let photo = SyntheticDlibFiles.photo(height: 20, width: 20)
        for position in file.indices {
            for value: UInt8 in [0x00, 0x01, 0x7F, 0x84, 0xFF] {
                var damaged = file
                damaged[position] = value
                let predictor = try? DlibShapePredictor(damaged)
                _ = predictor?.landmarks(in: photo, box: BoundingBox(x: 2, y: 2, width: 15, height: 15))
            }
        }
    }

    @Test func `A split that names a feature that is not there is refused`() {
        var file = DlibArchiveWriter()
        file.integer(1)
        file.column([Double](repeating: 0.5, count: 9) + [0.25])
        file.integers(1, 1, 1, 0, 1)
        file.real(0)
        file.integer(2)
        for _ in 0..<2 { file.column([Double](repeating: 0, count: 10)) }
        file.integers(1, 1, 0, 1, 1)
        file.reals(0, 0)
        let bytes = file.bytes
        #expect(throws: DlibFormatError(offset: bytes.count, reason: .indexOutOfRange(1))) {
            try DlibShapePredictor(bytes)
        }
    }
}
