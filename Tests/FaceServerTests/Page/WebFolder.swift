import Foundation

/// The repository's folder web/; the tests run where they were built.
enum WebFolder {
    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Files that are served under a path of their own.
    static let documents = [
        "index.html": "/", "login.html": "/login", "worker.js": "/worker.js",
        "manifest.webmanifest": "/manifest.webmanifest",
    ]

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: repository.appending(path: name)))
    }

    /// All files below it, as `parts/dom.js`, in order.
    static func names() throws -> [String] {
        let folder = repository.appending(path: "web").path(percentEncoded: false)
        let manager = FileManager.default
        return try manager.subpathsOfDirectory(atPath: folder).filter { name in
            var isFolder: ObjCBool = false
            return manager.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
        }.sorted()
    }
}
