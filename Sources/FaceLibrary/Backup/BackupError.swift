public import FaceCore

/// Why a backup was not made, not read or not restored.
public enum BackupError: UserFacingError, Equatable {
    /// The file is no backup of a library.
    case notABackup(path: String)
    /// Its end is missing.
    case truncated(path: String)
    /// It is not what was written once; the detail is for developers and no part of the message.
    case changed(path: String, detail: String)
    /// A later version of the program has made it.
    case newerVersion(path: String)
    /// The reason is the system's.
    case unreadable(path: String, reason: String)
    /// There is a library already where one was to be restored.
    case libraryExists
    /// There are photos already where a library's were to be restored.
    case filesExist(path: String)
    /// Whoever asked for it wants it no longer.
    case cancelled

    public var message: String {
        switch self {
        case .notABackup(let path): "“\(path)” is no backup of a library."
        case .truncated(let path): "The backup “\(path)” is not whole: its end is missing."
        case .changed(let path, _): "The backup “\(path)” is damaged, or was changed after it was made."
        case .newerVersion(let path): "The backup “\(path)” was made by a newer version of Lik."
        case .unreadable(let path, let reason): "“\(path)” cannot be read: \(reason)."
        case .libraryExists:
            "There is a library already; it was left as it is. Restore into an empty database and an empty LIK_DATA."
        case .filesExist(let path):
            "There are photos in “\(path)” already; they were left as they are. Restore into an empty LIK_DATA."
        case .cancelled: "It was broken off; nothing is kept of it."
        }
    }
}
