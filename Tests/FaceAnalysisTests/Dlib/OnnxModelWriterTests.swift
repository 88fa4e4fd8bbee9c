import Inference
import Testing

@testable import FaceAnalysis

@Suite struct OnnxModelWriterTests {
    private func weights(
        _ shape: DlibConvolution, _ filters: [Float], _ biases: [Float]
    ) -> OnnxConvolution {
        OnnxConvolution(DlibConvolutionWeights(shape: shape, filters: filters, biases: biases))
    }

    private func run(_ model: [UInt8], _ input: Tensor) throws -> Tensor {
        try #require(try openSession(model).run(["in": input], outputs: ["out"]).first)
    }

    private func model(
        channels: Int, output: [OnnxModelWriter.Dimension], _ build: (inout OnnxModelWriter) -> String
    ) -> [UInt8] {
        var writer = OnnxModelWriter()
        let result = build(&writer)
        return writer.serialized(
            name: "test", input: ("in", [.named("n"), .fixed(channels), .named("h"), .named("w")]),
            output: ("out", output), result: result)
    }

    private let plane: [OnnxModelWriter.Dimension] = [.named("n"), .named("c"), .named("rows"), .named("columns")]

    @Test func `A convolution is applied as it is written: not flipped, with zeros around`() throws {
        let shape = DlibConvolution(outputs: 1, inputs: 1, kernel: 3, stride: 1, padding: 1)
        let bytes = model(channels: 1, output: plane) {
            $0.convolution("in", weights(shape, [1, 2, 3, 4, 5, 6, 7, 8, 9], [0.5]))
        }
        let output = try run(bytes, Tensor(shape: [1, 1, 2, 2], values: [1, 10, 100, 1000]))
        #expect(output.shape == [1, 1, 2, 2])
        #expect(output.values == [9865.5, 8754.5, 6532.5, 5421.5])
    }

    @Test func `Pools, sums, padding and the dense layer give the numbers they stand for`() throws {
        let bytes = model(channels: 1, output: [.named("n"), .fixed(2)]) { writer in
            let largest = writer.maxPool("in", kernel: 2, stride: 2)
            let mean = writer.averagePool("in", kernel: 2, stride: 2)
            let sum = writer.relu(writer.add(largest, mean))
            let padded = writer.pad(sum, channels: 1, rowsAndColumns: 1)
            let flat = writer.flatten(writer.globalAveragePool(padded))
            return writer.dense(flat, [1, 2, 3, 4], inputs: 2, outputs: 2)
        }
        // Two blocks of 2 × 2 beside each other: largest 4 and −1, means 2.5 and −2.5; the second sum is cut off at 0.
        let output = try run(bytes, Tensor(shape: [1, 1, 2, 4], values: [1, 2, -1, -2, 3, 4, -3, -4]))
        // Padded to 2 × 3 pixels and a second channel of zeros: means 6.5 / 6 and 0.
        #expect(output.shape == [1, 2])
        #expect(abs(output.values[0] - 6.5 / 6) < 1e-6 && abs(output.values[1] - 2 * 6.5 / 6) < 1e-6)
    }

    @Test func `A convolution with more channels of zeros, split by rows, gives the same map`() throws {
        let first = DlibConvolution(outputs: 5, inputs: 3, kernel: 3, stride: 2, padding: 0)
        let last = DlibConvolution(outputs: 1, inputs: 5, kernel: 5, stride: 1, padding: 2)
        func values(_ count: Int) -> [Float] { (0..<count).map { Float(($0 * 37) % 23 - 11) / 8 } }
        let firstWeights = weights(first, values(first.filterCount), values(5))
        let lastWeights = weights(last, values(last.filterCount), [-1.5])
        let plain = model(channels: 3, output: plane) {
            $0.convolution($0.relu($0.convolution("in", firstWeights)), lastWeights)
        }
        let rewritten = model(channels: 3, output: plane) {
            let widened = firstWeights.widened(outputsToMultiplesOf: 8, inputsToMultiplesOf: 1)
            let (rowSums, total) = lastWeights.widened(outputsToMultiplesOf: 1, inputsToMultiplesOf: 8)
                .splitByRows(channels: 8)
            return $0.convolution($0.convolution($0.relu($0.convolution("in", widened)), rowSums), total)
        }
        let input = Tensor(shape: [1, 3, 31, 27], values: values(3 * 31 * 27))
        let expected = try run(plain, input)
        let found = try run(rewritten, input)
        #expect(found.shape == expected.shape && expected.shape == [1, 1, 15, 13])
        #expect(zip(found.values, expected.values).allSatisfy { abs($0 - $1) < 1e-3 })
        #expect(expected.values.contains { abs($0) > 10 })
    }
}
