import Foundation

/// Waits until the entries of folders that files were written into are on disk: the files' own bytes are, and a power cut would
/// lose their names. One folder after the other, each when the next one is begun.
struct WrittenFolders {
    private var current: URL?
    private let synchronize: (URL) throws(LibraryError) -> Void

    init(synchronize: @escaping (URL) throws(LibraryError) -> Void = DurableFolder.synchronize) {
        self.synchronize = synchronize
    }

    /// A file is about to be written into a folder, or just was.
    mutating func writes(into folder: URL) throws(LibraryError) {
        guard folder != current else { return }
        try finish()
        current = folder
    }

    /// To be called after the last file.
    mutating func finish() throws(LibraryError) {
        if let current { try synchronize(current) }
        current = nil
    }
}
