import FaceCore
import Foundation
import Inference
import Testing

@testable import FaceAnalysis

struct OnnxGraphTests {
    static let models = ["tiny_scrfd_kps", "tiny_arcface", "tiny_genderage", "tiny_1k3d68"]

    @Test(arguments: models)
    func `A model comes back from being taken apart as it was`(name: String) throws {
        let bytes = try InsightFacePeer.bytes(name)
        let graph = try #require(OnnxGraph(bytes))
        let original = try openSession(bytes)
        let again = try openSession(graph.serialized())
        #expect(graph.operatorVersion >= 10)
        #expect(again.inputNames == original.inputNames && again.outputNames == original.outputNames)
        #expect(graph.outputNames == original.outputNames)
        let side = name == "tiny_arcface" ? 112 : name == "tiny_genderage" ? 96 : name == "tiny_1k3d68" ? 192 : 64
        let input = Tensor(
            shape: [1, 3, side, side], values: (0..<3 * side * side).map { Float($0 % 251) / 125 - 1 })
        let inputs = [original.inputNames[0]: input]
        #expect(try again.run(inputs) == original.run(inputs))
    }

    @Test func `Bytes that are no model are none`() throws {
        let bytes = try InsightFacePeer.bytes("tiny_arcface")
        #expect(OnnxGraph([]) == nil)
        #expect(OnnxGraph(Array("<html></html>".utf8)) == nil)
        for length in stride(from: 1, to: bytes.count, by: max(bytes.count / 50, 1)) {
            _ = OnnxGraph(Array(bytes.prefix(length)))
        }
        // A message that says it is longer than it is.
        #expect(ProtobufField.all(in: [0x0A, 0x7F, 1]) == nil)
        #expect(ProtobufField.all(in: [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]) == nil)
        #expect(ProtobufField.all(in: [0x08]) == nil)
        #expect(ProtobufField.all(in: [0x0B, 0x0C]) == nil)
    }

    @Test func `What is added to a model is there, and what nobody needs is not`() throws {
        var graph = try #require(OnnxGraph(InsightFacePeer.bytes("tiny_arcface")))
        let before = graph.constants.count
        _ = graph.add(OnnxTensor("nobody", .float, [Float(1)]))
        #expect(graph.constants["nobody"]?.floats == [1])
        #expect(graph.constants.count == before + 1)
        graph.removeUnused(["nobody", graph.nodes[0].inputs[1]])
        #expect(graph.constants["nobody"] == nil)
        #expect(graph.constants.count == before)
        let ranges = ActivationRanges(of: [graph.nodes[0].outputs[0]])
        let session = try openSession(ranges.watched(graph).serialized())
        #expect(session.outputNames.count == graph.outputNames.count + 2)
    }
}
