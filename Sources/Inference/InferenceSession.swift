import COnnxRuntime
import Foundation

/// Values that a model lets out beside its answer, for whoever wants to know what goes on in it.
public struct OutputWatch: Sendable {
    /// Outputs of the model.
    public let names: [String]
    /// Is given their values after each run, in the order of the names, by the thread that ran it.
    public let report: @Sendable ([Tensor]) -> Void

    public init(_ names: [String], report: @escaping @Sendable ([Tensor]) -> Void) {
        self.names = names
        self.report = report
    }
}

/// A model, loaded and ready to run.
///
/// One session serves any number of threads at once: runs share the weights and nothing else.
public final class InferenceSession: Sendable {
    /// In the order of the model's file.
    public let inputNames: [String]
    /// In the order of the model's file.
    public let outputNames: [String]
    public let options: InferenceOptions

    private let watch: OutputWatch?
    private let modelName: String
    private let runtime: OnnxRuntime
    /// ONNX Runtime documents Run as safe to call from several threads, and a session is not changed once it is open.
    nonisolated(unsafe) private let handle: OpaquePointer

    /// Loads a model.
    ///
    /// - Parameter watch: outputs that are none of the model's answer and go to somebody else with each run.
    /// - Throws: `modelNotFound`, `modelUnusable`, `unsupportedElementType` when an input or output does not hold
    ///   32-bit floats, `noCUDAProvider`, `cudaUnusable`.
    public init(
        modelPath: String, runtime: OnnxRuntime, options: InferenceOptions = InferenceOptions(),
        watch: OutputWatch? = nil
    ) throws(InferenceError) {
        guard FileManager.default.fileExists(atPath: modelPath) else { throw .modelNotFound(path: modelPath) }
        var wanted = try lik_ort_options(options, on: runtime)
        var opened: OpaquePointer?
        let failure = Self.withOptionalCString(options.profile) { profile in
            wanted.profile = profile
            return takeText(lik_ort_session_open(runtime.handle, modelPath, &wanted, &opened))
        }
        if let failure {
            // Whether it was the card or the model, the CPU will tell.
            if case .cuda(let device)? = options.providers.first {
                throw .cudaUnusable(device: device, reason: failure)
            }
            throw .modelUnusable(path: modelPath, reason: failure)
        }
        guard let opened else { throw .modelUnusable(path: modelPath, reason: "ONNX Runtime gave no session.") }
        let name = (modelPath as NSString).lastPathComponent
        do throws(InferenceError) {
            inputNames = try Self.inputs(of: opened, model: name)
            let watched = Set(watch?.names ?? [])
            outputNames = try Self.outputs(of: opened, model: name).filter { !watched.contains($0) }
        } catch {
            lik_ort_session_close(opened)
            throw error
        }
        handle = opened
        self.watch = watch
        modelName = name
        self.runtime = runtime
        self.options = options
    }

    deinit { lik_ort_session_close(handle) }

    /// Runs the model.
    ///
    /// - Parameter inputs: one tensor for each of `inputNames`; their values are read in place.
    /// - Returns: all outputs by name.
    /// - Throws: `unknownInput`, `missingInput`, or `runFailed` with ONNX Runtime's own text.
    public func run(_ inputs: [String: Tensor]) throws(InferenceError) -> [String: Tensor] {
        let tensors = try run(inputs, outputs: outputNames)
        return Dictionary(zip(outputNames, tensors)) { first, _ in first }
    }

    /// Runs the part of the model that some of its outputs need.
    ///
    /// - Parameter outputs: names among `outputNames`.
    /// - Returns: the named outputs, in that order.
    /// - Throws: `unknownInput`, `missingInput`, `unknownOutput`, or `runFailed` with ONNX Runtime's own text.
    public func run(_ inputs: [String: Tensor], outputs: [String]) throws(InferenceError) -> [Tensor] {
        for name in inputNames where inputs[name] == nil { throw .missingInput(name: name) }
        for name in inputs.keys where !inputNames.contains(name) {
            throw .unknownInput(name: name, known: inputNames)
        }
        for name in outputs where !outputNames.contains(name) {
            throw .unknownOutput(name: name, known: outputNames)
        }
        let asked = outputs + (watch?.names ?? [])
        var ports: [lik_ort_input] = []
        ports.reserveCapacity(inputs.count)
        var produced: OpaquePointer?
        let failure = run(Array(inputs), asked, &ports, &produced)
        if let failure { throw .runFailed(model: modelName, reason: failure) }
        guard let produced else { throw .runFailed(model: modelName, reason: "ONNX Runtime gave no outputs.") }
        defer { lik_ort_outputs_free(produced) }
        let tensors = asked.indices.map { Tensor(copying: produced, at: $0) }
        watch?.report(Array(tensors.dropFirst(outputs.count)))
        return Array(tensors.prefix(outputs.count))
    }

    /// Pins one input after the other in memory, then runs: the recursion keeps all of their pointers valid at once.
    private func run(
        _ pending: [(key: String, value: Tensor)], _ outputs: [String], _ ports: inout [lik_ort_input],
        _ produced: inout OpaquePointer?
    ) -> String? {
        guard ports.count < pending.count else {
            return withCStrings(outputs) { names in
                takeText(lik_ort_run(handle, ports, ports.count, names, outputs.count, &produced))
            }
        }
        let (name, tensor) = pending[ports.count]
        return name.withCString { cName in
            tensor.values.withUnsafeBufferPointer { values in
                tensor.shape.map(Int64.init).withUnsafeBufferPointer { shape in
                    ports.append(
                        lik_ort_input(
                            name: cName, values: values.baseAddress, shape: shape.baseAddress, rank: shape.count))
                    return run(pending, outputs, &ports, &produced)
                }
            }
        }
    }

    private static func withOptionalCString<Result>(
        _ text: String?, _ body: (UnsafePointer<CChar>?) -> Result
    ) -> Result {
        guard let text else { return body(nil) }
        return text.withCString(body)
    }

    private static func inputs(of handle: OpaquePointer, model: String) throws(InferenceError) -> [String] {
        var names: [String] = []
        for index in 0..<lik_ort_session_input_count(handle) {
            let name = String(cString: lik_ort_session_input_name(handle, index))
            guard lik_ort_session_input_type(handle, index) == Int32(LIK_ORT_FLOAT32) else {
                throw .unsupportedElementType(tensor: name, model: model)
            }
            names.append(name)
        }
        return names
    }

    private static func outputs(of handle: OpaquePointer, model: String) throws(InferenceError) -> [String] {
        var names: [String] = []
        for index in 0..<lik_ort_session_output_count(handle) {
            let name = String(cString: lik_ort_session_output_name(handle, index))
            guard lik_ort_session_output_type(handle, index) == Int32(LIK_ORT_FLOAT32) else {
                throw .unsupportedElementType(tensor: name, model: model)
            }
            names.append(name)
        }
        return names
    }
}

/// Calls `body` with C copies of strings.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    let copies = strings.map { UnsafePointer<CChar>(strdup($0)) }
    defer { for copy in copies { free(UnsafeMutablePointer(mutating: copy)) } }
    return copies.withUnsafeBufferPointer { pointers in
        // An empty list has no address of its own; the callee reads none of it.
        guard let base = pointers.baseAddress else {
            var none: UnsafePointer<CChar>?
            return body(&none)
        }
        return body(base)
    }
}

extension Tensor {
    /// Copies one output of a run.
    fileprivate init(copying outputs: OpaquePointer, at index: Int) {
        let rank = lik_ort_outputs_rank(outputs, index)
        let sizes = UnsafeBufferPointer(start: lik_ort_outputs_shape(outputs, index), count: rank)
        let count = lik_ort_outputs_value_count(outputs, index)
        let values = UnsafeBufferPointer(start: lik_ort_outputs_values(outputs, index), count: count)
        self.init(shape: sizes.map(Int.init), values: Array(values))
    }
}

extension lik_ort_options {
    fileprivate init(_ options: InferenceOptions, on runtime: OnnxRuntime) throws(InferenceError) {
        self.init()
        intra_op_threads = Int32(clamping: options.intraOpThreads)
        inter_op_threads = Int32(clamping: options.interOpThreads)
        graph_optimization =
            switch options.graphOptimization {
            case .none: 0
            case .basic: 1
            case .extended: 2
            case .all: 99
            }
        uses_memory_arena = options.memoryUse != .notPooled
        uses_memory_pattern = options.memoryUse != .notPooled
        shrinks_arena_after_run = options.memoryUse == .returnedAfterRun
        cuda_device = -1
        // Further providers (TensorRT, OpenVINO, …) are appended to the session's options in the same place.
        if case .cuda(let device)? = options.providers.first {
            guard runtime.hasCUDA else { throw .noCUDAProvider(version: runtime.version) }
            cuda_device = Int32(clamping: device)
        }
    }
}
