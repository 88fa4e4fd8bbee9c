import FaceCore
import Inference
import Testing

@testable import FaceAnalysis

@Suite struct SCRFDPassTests {
    private let size = InputSize(width: 64, height: 32)

    /// Outputs for an input of 64 × 32: 64, 16 and 4 anchors; all zero but for what `change` does.
    private func pass(
        scale: Double = 1, _ change: (inout [[Float]]) -> Void
    ) throws -> SCRFDPass {
        let anchors = [64, 16, 4]
        var values = [1, 4, 10].flatMap { width in anchors.map { [Float](repeating: 0, count: $0 * width) } }
        change(&values)
        let tensors = values.map { Tensor(shape: [$0.count], values: $0) }
        return try SCRFDPass(outputs: tensors, inputSize: size, scale: scale)
    }

    @Test func `Boxes and landmarks are counted in strides from the anchor's cell`() throws {
        let pass = try pass(scale: 0.5) { outputs in
            // Stride 16 has 4 columns: anchor 11 is the second one of cell 5, at column 1 of row 1.
            outputs[1][11] = 0.9
            outputs[4].replaceSubrange(44..<48, with: [1, 0.5, 2, 1])
            outputs[7][110] = -1
            outputs[7][111] = 0.25
        }
        let found = pass.candidates(minimumScore: 0.9)
        let candidate = try #require(found.first)
        #expect(found.count == 1)
        #expect(candidate.box.left == 0 && candidate.box.top == 16)
        #expect(candidate.box.right == 96 && candidate.box.bottom == 64)
        #expect(pass.landmarks(of: candidate.anchor)?.first == Point(0, 40))
        #expect(pass.landmarks(of: candidate.anchor)?.last == Point(32, 32))
    }

    @Test func `Boxes and landmarks that are no numbers are not handed on`() throws {
        let pass = try pass { outputs in
            outputs[2][0] = 0.9
            outputs[5][2] = .nan
            outputs[2][1] = 0.8
            outputs[8][10] = .infinity
            outputs[2][2] = .nan
        }
        let found = pass.candidates(minimumScore: 0.5)
        #expect(found.map(\.anchor.index) == [1])
        #expect(pass.landmarks(of: SCRFDPass.Anchor(level: 2, index: 1)) == nil)
    }

    @Test func `Outputs that do not fit the input are an error`() {
        let error = #expect(throws: FaceAnalysisError.self) { try pass { $0[3].removeLast(4) } }
        #expect(error?.message.contains("output 4 has 252 numbers instead of 256") == true)
    }
}
