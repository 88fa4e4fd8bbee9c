public import FaceCore

/// Why a library was not copied.
public enum LibraryCopyError: UserFacingError, Equatable {
    case cannotBeCopied
    /// The target holds something that is no unfinished copy.
    case notEmpty
    /// The copy is not equal to what was copied; the table is for developers and no part of the message.
    case differs(table: String)

    public var message: String {
        switch self {
        case .cannotBeCopied: "This kind of library cannot be copied."
        case .notEmpty: "There is a library at the target already; it was left as it is. Copy into an empty database."
        case .differs:
            """
            The copy is not equal to the library: it was begun earlier and the library has changed since, or somebody \
            writes to the copy. Remove the copy and begin anew.
            """
        }
    }
}
