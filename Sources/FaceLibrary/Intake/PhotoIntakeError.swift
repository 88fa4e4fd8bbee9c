public import FaceCore
public import Imaging

/// Why a file or folder could not be taken in.
public enum PhotoIntakeError: UserFacingError, Equatable {
    /// The path that a user named does not exist.
    case noSuchPath(String)
    /// A folder that cannot be listed.
    case unreadableFolder(String, reason: String)
    case unreadable(reason: String)
    /// A drawn copy that cannot be written.
    case unwritable(reason: String)
    case tooManyBytes(size: Int, limit: Int)
    /// The file's first bytes are of nothing that is read.
    case notAPhoto(ImagingError)
    /// A file or folder whose name is not valid UTF-8, so that nothing can refer to it.
    case unreadableName

    /// What the reader of photo files says, in the words of the intake.
    init(_ error: ImagingError) {
        self =
            switch error {
            case .unreadableFile(_, let reason): .unreadable(reason: reason)
            case .tooManyBytes(let count, let limit): .tooManyBytes(size: count, limit: limit)
            default: .notAPhoto(error)
            }
    }

    public var message: String {
        switch self {
        case .noSuchPath(let path): "There is no file or folder “\(path)”."
        case .unreadableFolder(let path, let reason): "The folder “\(path)” cannot be read: \(reason)."
        case .unreadable(let reason): "The file cannot be read: \(reason)."
        case .unwritable(let reason): "The copy cannot be written: \(reason)."
        case .tooManyBytes(let size, let limit):
            "The file has \(size / 1_000_000) MB; the limit is \(limit / 1_000_000) MB."
        case .notAPhoto(let error): error.message
        case .unreadableName: "The file cannot be read: its name is not valid UTF-8; rename it."
        }
    }
}
