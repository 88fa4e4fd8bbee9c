import Foundation

/// Where ONNX Runtime's library lies on this machine.
public enum OnnxRuntimeLibrary {
    /// The version that `make setup` installs.
    public static let pinnedVersion = "1.31.1"

    /// The first that there is: the file that `LIK_ONNXRUNTIME` names (then nothing else is looked at), the pinned file
    /// in the folder that `LIK_LIB` names (where `make setup` puts it), beside the executable, in
    /// `~/.local/share/lik/lib`, the system's.
    ///
    /// - Throws: `libraryNotFound` with the file or the folders that were looked at, in order.
    public static func locate() throws(InferenceError) -> String {
        try locate(environment: ProcessInfo.processInfo.environment)
    }

    static func locate(environment: [String: String]) throws(InferenceError) -> String {
        if let named = environment["LIK_ONNXRUNTIME"], !named.isEmpty {
            guard FileManager.default.fileExists(atPath: named) else { throw .libraryNotFound(searched: [named]) }
            return named
        }
        let own = ownFolders(environment: environment)
        let files =
            own.map { "\($0)/\(pinnedName)" }
            + systemFolders.flatMap { folder in systemNames.map { "\(folder)/\($0)" } }
        guard let found = files.first(where: FileManager.default.fileExists(atPath:)) else {
            throw .libraryNotFound(searched: own + systemFolders)
        }
        return found
    }

    private static let pinnedName = "libonnxruntime.so.\(pinnedVersion)"
    private static let systemNames = [pinnedName, "libonnxruntime.so.1", "libonnxruntime.so"]

    #if arch(arm64)
        private static let systemFolders = ["/usr/local/lib", "/usr/lib/aarch64-linux-gnu", "/usr/lib"]
    #else
        private static let systemFolders = ["/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib"]
    #endif

    /// The folders that hold the pinned file, if any.
    private static func ownFolders(environment: [String: String]) -> [String] {
        var folders: [String] = []
        if let chosen = environment["LIK_LIB"], !chosen.isEmpty { folders.append(chosen) }
        if let executable = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            folders.append((executable as NSString).deletingLastPathComponent)
        }
        if let home = environment["HOME"], !home.isEmpty { folders.append(home + "/.local/share/lik/lib") }
        return folders
    }
}
