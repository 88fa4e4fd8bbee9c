import Foundation

/// Where ONNX Runtime's library lies on this machine.
public enum OnnxRuntimeLibrary {
    /// The version that `make setup` installs.
    public static let pinnedVersion = "1.31.1"

    /// The first that there is: the file that `LIK_ONNXRUNTIME` names (then nothing else is looked at), the pinned file
    /// beside the executable, the pinned file in `~/.local/share/lik/lib`, the system's.
    ///
    /// - Throws: `libraryNotFound` with the places in the order they were looked at.
    public static func locate() throws(InferenceError) -> String {
        try locate(environment: ProcessInfo.processInfo.environment)
    }

    static func locate(environment: [String: String]) throws(InferenceError) -> String {
        if let named = environment["LIK_ONNXRUNTIME"], !named.isEmpty {
            guard FileManager.default.fileExists(atPath: named) else { throw .libraryNotFound(searched: [named]) }
            return named
        }
        let candidates = candidates(environment: environment)
        guard let found = candidates.first(where: FileManager.default.fileExists(atPath:)) else {
            throw .libraryNotFound(searched: candidates)
        }
        return found
    }

    private static func candidates(environment: [String: String]) -> [String] {
        let pinned = "libonnxruntime.so.\(pinnedVersion)"
        var paths: [String] = []
        if let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            paths.append((executable as NSString).deletingLastPathComponent + "/" + pinned)
        }
        if let home = environment["HOME"], !home.isEmpty {
            paths.append(home + "/.local/share/lik/lib/" + pinned)
        }
        for folder in ["/usr/local/lib", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"] {
            paths += [pinned, "libonnxruntime.so.1", "libonnxruntime.so"].map { folder + "/" + $0 }
        }
        return paths
    }
}
