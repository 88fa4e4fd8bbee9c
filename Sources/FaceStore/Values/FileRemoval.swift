public import FaceCore

public enum FileRemovalKind: Sendable {}

/// Files that nothing in the library needs any more and that are still to be removed from disk.
public struct FileRemoval: Sendable, Hashable {
    public typealias ID = Identifier<FileRemovalKind>

    public enum Scope: String, Sendable, Hashable, CaseIterable {
        /// The uploaded file and all that was made of it.
        case everything
        /// What was drawn of the photo (annotated copies, crops, thumbnails of faces): it shows somebody who was
        /// erased. The original stays.
        case drawnCopies
    }

    public let id: ID
    public let scope: Scope
    /// The uploaded file, `TASK/FILE`; nil for a photo that was not uploaded.
    public let storedName: String?
    /// The photo that it was or is; nil for a file that never became one.
    public let photo: PhotoID?

    public init(id: ID, scope: Scope, storedName: String?, photo: PhotoID?) {
        self.id = id
        self.scope = scope
        self.storedName = storedName
        self.photo = photo
    }
}
