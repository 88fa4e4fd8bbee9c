/// What was found under the files and folders that a user named.
public struct PhotoListing: Sendable {
    /// The photos, each once, in the order of their paths.
    public var files: [PhotoFile]
    /// The folders that were named, absolute and with symbolic links resolved: what the library knows below them and is
    /// there no more has been deleted.
    public var folders: [String]
    /// Folders further down that could not be listed.
    public var unreadable: [PhotoIntakeError]

    public init(files: [PhotoFile] = [], folders: [String] = [], unreadable: [PhotoIntakeError] = []) {
        self.files = files
        self.folders = folders
        self.unreadable = unreadable
    }
}
