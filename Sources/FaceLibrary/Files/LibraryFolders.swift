public import Foundation

/// The folders below `LIK_DATA` in which the library keeps files. Only files in these are ever deleted.
public struct LibraryFolders: Sendable, Hashable {
    /// `LIK_DATA` itself; the database lies there too.
    public let data: URL
    /// The originals of uploaded photos, one folder a task, named by its id.
    public let uploads: URL
    /// Uploads on their way in, one folder each; whatever lies here when the server starts is of nobody's.
    public let incoming: URL
    /// Pictures made from photos: annotated ones, thumbnails, faces. May be deleted at any time.
    public let drawn: URL

    public init(data: URL) {
        let data = data.standardizedFileURL
        self.data = data
        uploads = data.appendingPathComponent("uploads", isDirectory: true)
        incoming = data.appendingPathComponent("incoming", isDirectory: true)
        drawn = data.appendingPathComponent("drawn", isDirectory: true)
    }

    /// Makes the folders that are missing, readable by this user only.
    ///
    /// - Throws: `LibraryError.unwritable`, `.diskFull`.
    public func create() throws(LibraryError) {
        for folder in [data, uploads, incoming, drawn] {
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw LibraryError(code: errno, path: folder.path)
            }
        }
    }
}
