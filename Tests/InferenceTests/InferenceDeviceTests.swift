import Foundation
import Testing

@testable import Inference

@Suite struct InferenceDeviceTests {
    @Test func `A device is a word that people write`() {
        #expect(InferenceDevice("cpu") == .cpu)
        #expect(InferenceDevice("auto") == .automatic)
        #expect(InferenceDevice("cuda") == .cuda(0))
        #expect(InferenceDevice("cuda:3") == .cuda(3))
        for text in ["", "gpu", "cuda:", "cuda:-1", "cuda:64", "cuda:x", "CPU"] {
            #expect(InferenceDevice(text) == nil)
        }
    }

    @Test func `A card that cannot be used is said once, and the model runs on the CPU`() throws {
        let runtime = try OnnxRuntime.shared()
        guard !runtime.hasCUDA else { return }
        var notes: [String] = []
        let session = try InferenceDevice.cuda(0).loading(on: runtime, note: { notes.append($0) }) { providers in
            try TestModels.open("convolutions", options: InferenceOptions(providers: providers))
        }
        #expect(session.options.providers == [.cpu])
        #expect(notes.count == 1)
        #expect(notes.first?.contains("no CUDA provider") == true)
        #expect(notes.first?.hasSuffix("The models run on the CPU.") == true)
    }

    @Test(arguments: [InferenceDevice.cpu, .automatic])
    func `Without a card nothing is said where none was asked for`(_ device: InferenceDevice) throws {
        let runtime = try OnnxRuntime.shared()
        guard !runtime.hasCUDA else { return }
        var notes: [String] = []
        let providers = try device.loading(on: runtime, note: { notes.append($0) }) { $0 }
        #expect(providers == [.cpu])
        #expect(notes.isEmpty)
    }

    @Test func `A driver that fails sends the models to the CPU, and a model that fails is an error`() throws {
        let runtime = try OnnxRuntime.shared()
        var tried: [[ExecutionProvider]] = []
        var notes: [String] = []
        let loaded = try InferenceDevice.cuda(1).loading(on: runtime, note: { notes.append($0) }) { providers in
            tried.append(providers)
            if providers.count > 1 {
                throw InferenceError.cudaUnusable(
                    device: 1, reason: "/src/a.cc:9 Get() [ONNXRuntimeError] : 1 : FAIL : no driver.\nsession.cc:12")
            }
            return "models"
        }
        #expect(loaded == "models")
        #expect(tried == [[.cuda(device: 1), .cpu], [.cpu]])
        #expect(notes == ["The NVIDIA card 1 cannot be used: no driver. The models run on the CPU."])

        let missing = InferenceError.modelNotFound(path: "/nowhere.onnx")
        #expect(throws: missing) {
            try InferenceDevice.cuda(0).loading(on: runtime, note: { notes.append($0) }) { _ in throw missing }
        }
        #expect(notes.count == 1)
    }

    @Test func `What operators took is written where it was asked for`() throws {
        let prefix = "/tmp/lik-profile-\(UInt32.random(in: 0 ... .max))-"
        do {
            let session = try TestModels.open("convolutions", options: InferenceOptions(profile: prefix))
            _ = try session.run(["picture": Pictures.wave(width: 8, height: 8)])
        }
        let folder = try FileManager.default.contentsOfDirectory(atPath: "/tmp")
        let written = folder.map { "/tmp/" + $0 }.filter { $0.hasPrefix(prefix) }
        defer { for path in written { try? FileManager.default.removeItem(atPath: path) } }
        let text = try String(contentsOfFile: #require(written.first), encoding: .utf8)
        #expect(text.contains("Conv_kernel_time") || text.contains("_kernel_time"))
    }
}
