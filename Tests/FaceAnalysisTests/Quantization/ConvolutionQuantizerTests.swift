import Foundation
import Inference
import Testing

@testable import FaceAnalysis

struct ConvolutionQuantizerTests {
    private static func numbers(_ count: Int, seed: Int) -> [Float] {
        (0..<count).map { Float(($0 * 7919 + seed * 104_729) % 1009) / 504.5 - 1 }
    }

    private static func weights(_ outputs: Int, _ inputs: Int, seed: Int) -> OnnxConvolution {
        let shape = DlibConvolution(outputs: outputs, inputs: inputs, kernel: 3, stride: 1, padding: 1)
        return OnnxConvolution(
            DlibConvolutionWeights(
                shape: shape, filters: numbers(outputs * inputs * 9, seed: seed),
                biases: numbers(outputs, seed: seed + 1)))
    }

    /// Two branches, one with a ReLU behind its convolution and one without, added, pooled, and a last convolution.
    private static var model: [UInt8] {
        var writer = OnnxModelWriter()
        let first = writer.relu(writer.convolution("in", weights(8, 3, seed: 1)))
        let second = writer.convolution(first, weights(8, 8, seed: 2))
        let sum = writer.relu(writer.add(first, second))
        let third = writer.relu(writer.convolution(writer.maxPool(sum, kernel: 2, stride: 2), weights(8, 8, seed: 3)))
        let result = writer.convolution(third, weights(2, 8, seed: 4))
        return writer.serialized(
            name: "test", input: ("in", [.named("n"), .fixed(3), .named("h"), .named("w")]),
            output: ("out", [.named("n"), .fixed(2), .named("h"), .named("w")]), result: result)
    }

    private static func input(seed: Int) -> Tensor {
        Tensor(shape: [1, 3, 16, 24], values: numbers(3 * 16 * 24, seed: seed))
    }

    private func watched(_ graph: OnnxGraph, _ quantizer: ConvolutionQuantizer) throws -> ActivationRanges {
        let ranges = ActivationRanges(of: quantizer.values)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).onnx")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(ranges.watched(graph).serialized()).write(to: file)
        let session = try InferenceSession(modelPath: file.path, runtime: .shared(), watch: ranges.watch)
        #expect(session.outputNames == ["out"])
        for seed in 10..<20 { #expect(try session.run(["in": Self.input(seed: seed)]).count == 1) }
        return ranges
    }

    @Test(arguments: [ActivationRanges.Choice.all, .average])
    func `A model in bytes answers nearly as its original`(choice: ActivationRanges.Choice) throws {
        let graph = try #require(OnnxGraph(Self.model))
        let quantizer = try #require(ConvolutionQuantizer(graph))
        let ranges = try watched(graph, quantizer).ranges(choice)
        #expect(Set(ranges.keys) == Set(quantizer.values))
        let quantized = quantizer.quantized(ranges)
        let original = try openSession(Self.model)
        let session = try openSession(quantized.serialized())
        for seed in 30..<34 {
            let expected = try #require(try original.run(["in": Self.input(seed: seed)])["out"])
            let output = try #require(try session.run(["in": Self.input(seed: seed)])["out"])
            #expect(output.shape == expected.shape)
            let error = zip(output.values, expected.values).reduce(0.0) { $0 + pow(Double($1.0 - $1.1), 2) }
            let size = expected.values.reduce(0.0) { $0 + pow(Double($1), 2) }
            #expect((error / size).squareRoot() < 0.05)
            #expect(error > 0)
        }
    }

    @Test func `Convolutions are in bytes but for the last, and a ReLU behind one is part of it`() throws {
        let graph = try #require(OnnxGraph(Self.model))
        let quantizer = try #require(ConvolutionQuantizer(graph))
        let quantized = quantizer.quantized(try watched(graph, quantizer).ranges(.all))
        let kinds = quantized.nodes.map(\.kind)
        #expect(kinds.count { $0 == "QLinearConv" } == 3)
        #expect(kinds.count { $0 == "Conv" } == 1)
        // That of the sum.
        #expect(kinds.count { $0 == "Relu" } == 1)
        // The input and what was pooled; the second convolution takes the bytes of the first.
        #expect(kinds.count { $0 == "QuantizeLinear" } == 2)
        #expect(kinds.count { $0 == "DequantizeLinear" } == 3)
        #expect(quantized.serialized().count < graph.serialized().count)
    }

    @Test func `A model without convolutions, or from before there were bytes, is left alone`() throws {
        var writer = OnnxModelWriter()
        let result = writer.relu("in")
        let bytes = writer.serialized(
            name: "test", input: ("in", [.fixed(1)]), output: ("out", [.fixed(1)]), result: result)
        #expect(ConvolutionQuantizer(try #require(OnnxGraph(bytes))) == nil)
    }
}
