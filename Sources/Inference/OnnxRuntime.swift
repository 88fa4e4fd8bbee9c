import COnnxRuntime

/// The loaded ONNX Runtime library and its environment.
///
/// The library stays loaded until the process ends, since it cannot be unloaded safely; several instances of one file
/// share it.
public final class OnnxRuntime: Sendable {
    /// ONNX Runtime documents its environment as safe to use from several threads, and nothing here changes it.
    nonisolated(unsafe) let handle: OpaquePointer

    /// For example `1.31.1`.
    public let version: String

    /// The library that `OnnxRuntimeLibrary` finds on this machine, loaded once for the process.
    ///
    /// - Throws: `libraryNotFound` or `libraryUnusable`, again at each call: where the library is does not change while
    ///   a process runs.
    public static func shared() throws(InferenceError) -> OnnxRuntime { try found.get() }

    private static let found = Result<OnnxRuntime, InferenceError> { () throws(InferenceError) in
        try OnnxRuntime(libraryPath: OnnxRuntimeLibrary.locate())
    }

    /// Loads a library.
    ///
    /// - Parameter libraryPath: a file, or a bare name that the system's loader searches for.
    /// - Throws: `libraryUnusable` when it cannot be loaded, is no ONNX Runtime, or is older than 1.11.
    public init(libraryPath: String) throws(InferenceError) {
        var opened: OpaquePointer?
        if let reason = takeText(lik_ort_open(libraryPath, &opened)) {
            throw .libraryUnusable(path: libraryPath, reason: reason)
        }
        guard let opened else { throw .libraryUnusable(path: libraryPath, reason: "it gave no environment") }
        handle = opened
        version = String(cString: lik_ort_version(opened))
    }

    deinit { lik_ort_close(handle) }

    /// Whether the library was built with what it takes to run on an NVIDIA card.
    public var hasCUDA: Bool { lik_ort_has_provider(handle, "CUDAExecutionProvider") }
}

/// The text that a call of the shim came back with, freed; nil when the call succeeded.
func takeText(_ text: UnsafeMutablePointer<CChar>?) -> String? {
    guard let text else { return nil }
    defer { lik_ort_free_text(text) }
    return String(cString: text)
}
