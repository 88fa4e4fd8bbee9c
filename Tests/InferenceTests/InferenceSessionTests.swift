import Foundation
import Testing

@testable import Inference

@Suite struct InferenceSessionTests {
    @Test func `A session names its inputs and outputs in the model's order`() throws {
        let session = try TestModels.open("sum_and_product")
        #expect(session.inputNames == ["left", "right"])
        #expect(session.outputNames == ["sum", "product"])
    }

    @Test func `Tensors go in and come out by name, whatever their size`() throws {
        let session = try TestModels.open("sum_and_product")
        for count in [1, 3, 1000] {
            let left = Tensor(shape: [count], values: (0..<count).map(Float.init))
            let right = Tensor(shape: [count], values: [Float](repeating: 2, count: count))
            let outputs = try session.run(["right": right, "left": left])
            #expect(outputs["sum"] == Tensor(shape: [count], values: (0..<count).map { Float($0) + 2 }))
            #expect(outputs["product"] == Tensor(shape: [count], values: (0..<count).map { Float($0) * 2 }))
        }
    }

    @Test func `Named outputs come in the order asked for`() throws {
        let session = try TestModels.open("sum_and_product")
        let three = Tensor(shape: [1], values: [3])
        let four = Tensor(shape: [1], values: [4])
        let outputs = try session.run(["left": three, "right": four], outputs: ["product", "sum"])
        #expect(outputs.map(\.values) == [[12], [7]])
        #expect(try session.run(["left": three, "right": four], outputs: ["sum"]).map(\.values) == [[7]])
    }

    @Test func `Optimisation, threads and memory use do not change a result`() throws {
        let picture = Pictures.wave(width: 65, height: 33)
        let expected = try #require(try TestModels.open("convolutions").run(["picture": picture])["planes"])
        #expect(expected.shape == [1, 4, 17, 33])
        let variants = [
            InferenceOptions(intraOpThreads: 2), InferenceOptions(graphOptimization: .none),
            InferenceOptions(graphOptimization: .basic), InferenceOptions(graphOptimization: .extended),
            InferenceOptions(memoryUse: .notPooled), InferenceOptions(memoryUse: .returnedAfterRun),
        ]
        for options in variants {
            let session = try TestModels.open("convolutions", options: options)
            let result = try #require(try session.run(["picture": picture])["planes"])
            #expect(result.shape == expected.shape)
            let difference = zip(result.values, expected.values).map { abs($0 - $1) }.max() ?? .infinity
            #expect(difference < 1e-5)
        }
    }
}

enum Pictures {
    /// A picture of three planes that a formula gives.
    static func wave(width: Int, height: Int, phase: Int = 0) -> Tensor {
        let values = (0..<3 * width * height).map { Float(($0 * 37 + phase * 101) % 255) / 127 - 1 }
        return Tensor(shape: [1, 3, height, width], values: values)
    }
}
