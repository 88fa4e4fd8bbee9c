import Foundation
import Testing

@testable import Inference

@Suite struct InferenceErrorTests {
    @Test func `A library that is not there is named with the way to get one`() {
        let missing = "/nowhere/libonnxruntime.so"
        let error = #expect(throws: InferenceError.libraryNotFound(searched: [missing])) {
            try OnnxRuntimeLibrary.locate(environment: ["LIK_ONNXRUNTIME": missing])
        }
        #expect(error?.message.contains(missing) == true)
        #expect(error?.message.contains("make setup") == true)
    }

    @Test func `A home folder without the library is among the places that were searched`() throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        let found = Result { try OnnxRuntimeLibrary.locate(environment: ["HOME": home]) }
        switch found {
        case .success(let path): #expect(!path.hasPrefix(home))
        case .failure(let error): #expect("\(error)".contains(home + "/.local/share/lik/lib"))
        }
    }

    @Test func `The library of the home folder is found`() throws {
        let home = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        let folder = home.appendingPathComponent(".local/share/lik/lib")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        let file = folder.appendingPathComponent("libonnxruntime.so.\(OnnxRuntimeLibrary.pinnedVersion)")
        try Data().write(to: file)
        #expect(try OnnxRuntimeLibrary.locate(environment: ["HOME": home.path]) == file.path)
    }

    @Test func `The library of the folder that setup was told is found before others`() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        let name = "libonnxruntime.so.\(OnnxRuntimeLibrary.pinnedVersion)"
        let chosen = root.appendingPathComponent("chosen")
        let standard = root.appendingPathComponent(".local/share/lik/lib")
        for folder in [chosen, standard] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data().write(to: folder.appendingPathComponent(name))
        }
        var environment = ["HOME": root.path, "LIK_LIB": chosen.path]
        #expect(try OnnxRuntimeLibrary.locate(environment: environment) == "\(chosen.path)/\(name)")
        try FileManager.default.removeItem(at: chosen)
        #expect(try OnnxRuntimeLibrary.locate(environment: environment) == "\(standard.path)/\(name)")
        environment["LIK_LIB"] = ""
        #expect(try OnnxRuntimeLibrary.locate(environment: environment) == "\(standard.path)/\(name)")
    }

    @Test func `A file that is no library cannot be loaded, and the loader's reason is told`() throws {
        let path = try TestModels.path("convolutions")
        let error = #expect(throws: InferenceError.self) { try OnnxRuntime(libraryPath: path) }
        guard case .libraryUnusable(let named, let reason) = try #require(error) else {
            Issue.record("another error than expected")
            return
        }
        #expect(named == path)
        #expect(!reason.isEmpty)
    }

    @Test func `A library that is not ONNX Runtime is told apart`() {
        #expect(throws: InferenceError.libraryUnusable(path: "libm.so.6", reason: "it exports no OrtGetApiBase")) {
            try OnnxRuntime(libraryPath: "libm.so.6")
        }
    }

    @Test func `A missing model file is named`() {
        #expect(throws: InferenceError.modelNotFound(path: "/nowhere/model.onnx")) {
            try InferenceSession(modelPath: "/nowhere/model.onnx", runtime: .shared())
        }
    }

    @Test(arguments: [0.3, 0.0])
    func `A damaged model file is an error with ONNX Runtime's reason`(keptShare: Double) throws {
        let whole = try Data(contentsOf: URL(fileURLWithPath: TestModels.path("convolutions")))
        let damaged = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString + ".onnx")
        try whole.prefix(Int(Double(whole.count) * keptShare)).write(to: damaged)
        defer { try? FileManager.default.removeItem(at: damaged) }
        let error = #expect(throws: InferenceError.self) {
            try InferenceSession(modelPath: damaged.path, runtime: .shared())
        }
        guard case .modelUnusable(let named, let reason) = try #require(error) else {
            Issue.record("another error than expected")
            return
        }
        #expect(named == damaged.path)
        #expect(!reason.isEmpty)
    }

    @Test(arguments: [("integer_input", "whole"), ("integer_output", "place")])
    func `Models of other elements than 32-bit floats are refused`(model: String, tensor: String) {
        #expect(throws: InferenceError.unsupportedElementType(tensor: tensor, model: model + ".onnx")) {
            try TestModels.open(model)
        }
    }

    @Test func `Wrong and missing names are told with the names that there are`() throws {
        let session = try TestModels.open("sum_and_product")
        let one = Tensor(shape: [1], values: [1])
        #expect(throws: InferenceError.missingInput(name: "right")) { try session.run(["left": one]) }
        #expect(throws: InferenceError.unknownInput(name: "middle", known: ["left", "right"])) {
            try session.run(["left": one, "right": one, "middle": one])
        }
        #expect(throws: InferenceError.unknownOutput(name: "quotient", known: ["sum", "product"])) {
            try session.run(["left": one, "right": one], outputs: ["quotient"])
        }
    }

    @Test func `A wrong shape fails with ONNX Runtime's text, and the session goes on working`() throws {
        let session = try TestModels.open("convolutions")
        let flat = Tensor(shape: [3, 4], values: [Float](repeating: 0, count: 12))
        let error = #expect(throws: InferenceError.self) { try session.run(["picture": flat]) }
        guard case .runFailed(let model, let reason) = try #require(error) else {
            Issue.record("another error than expected")
            return
        }
        #expect(model == "convolutions.onnx")
        #expect(reason.contains("picture"))
        #expect(try session.run(["picture": Pictures.wave(width: 8, height: 8)])["planes"]?.shape == [1, 4, 4, 4])
    }

    @Test func `An empty tensor runs or fails, and does not crash`() throws {
        let session = try TestModels.open("sum_and_product")
        let empty = Tensor(shape: [0], values: [])
        let outputs = try? session.run(["left": empty, "right": empty])
        #expect(outputs == nil || outputs?["sum"] == empty)
    }

    @Test func `CUDA on a library without it is a clear error`() throws {
        let runtime = try OnnxRuntime.shared()
        guard !runtime.hasCUDA else { return }
        #expect(throws: InferenceError.noCUDAProvider(version: runtime.version)) {
            try TestModels.open("convolutions", options: InferenceOptions(providers: [.cuda(device: 0), .cpu]))
        }
    }
}
