import Testing

@testable import FaceAnalysis

@Suite struct DlibPackConverterTests {
    @Test func `The synthetic files are those that dlib was given`() throws {
        let reference = try DlibReference.load()
        #expect(crc32(SyntheticDlibFiles.detector()) == reference.fileCrc32["detector"])
        #expect(crc32(SyntheticDlibFiles.embedder()) == reference.fileCrc32["embedder"])
        #expect(crc32(SyntheticDlibFiles.shapePredictor()) == reference.fileCrc32["shapes"])
    }

    @Test func `Wherever a detector's file is cut off, that is an error`() {
        let file = SyntheticDlibFiles.detector()
        for length in stride(from: 0, to: file.count, by: 9973) + [1, 2, 20, 60, 152, file.count - 1] {
            #expect(throws: DlibFormatError.self) {
                try DlibPackConverter.detectorModel(from: Array(file[..<length]))
            }
        }
    }

    @Test func `A file that goes on after its end is refused`() {
        let file = SyntheticDlibFiles.detector()
        #expect(throws: DlibFormatError(offset: file.count, reason: .bytesLeftOver(1))) {
            try DlibPackConverter.detectorModel(from: file + [0])
        }
        let predictor = SyntheticDlibFiles.shapePredictor()
        #expect(throws: DlibFormatError(offset: predictor.count, reason: .bytesLeftOver(1))) {
            try DlibPackConverter.checkShapePredictor(predictor + [0])
        }
    }

    @Test func `One pack file is not taken for another`() {
        let shapes = SyntheticDlibFiles.shapePredictor()
        let detector = SyntheticDlibFiles.detector()
        #expect(throws: DlibFormatError.self) { try DlibPackConverter.embedderModel(from: detector) }
        #expect(throws: DlibFormatError.self) { try DlibPackConverter.detectorModel(from: shapes) }
        #expect(throws: DlibFormatError.self) { try DlibPackConverter.checkShapePredictor(detector) }
        #expect(throws: DlibFormatError(offset: 2, reason: .unexpectedTag(expected: "loss_metric_2"))) {
            try DlibPackConverter.embedderModel(from: detector)
        }
    }

    /// Structure is checked strictly and numbers are not, so any change either is an error or still gives a model.
    @Test func `A changed byte in the structure never crashes the reader`() {
        let file = SyntheticDlibFiles.detector()
        for position in 0..<150 {
            for value: UInt8 in [0x00, 0x7F, 0x88, 0xFF] {
                var damaged = file
                damaged[position] = value
                _ = try? DlibPackConverter.detectorModel(from: damaged)
            }
        }
        var wrongSize = file
        // The window's width.
        wrongSize[17] = 81
        #expect(
            throws: DlibFormatError(
                offset: 16, reason: .unexpectedValue(what: "the window's width", expected: 80, found: 81))
        ) { try DlibPackConverter.detectorModel(from: wrongSize) }
    }
}

private func + (first: StrideTo<Int>, second: [Int]) -> [Int] { Array(first) + second }
