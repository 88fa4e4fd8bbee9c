public import FaceCore
import Foundation

extension AnnotatedFolder {
    /// Marks a folder as one of drawn copies: only such a folder is written to again, and none is searched for photos.
    public static let marker = ".lik-annotated"

    /// Makes the folder for copies, or takes one that was made so before.
    ///
    /// A folder that holds anything else is refused: a copy must never take the place of somebody's photo.
    ///
    /// - Throws: `AnnotatedFolderError`.
    public static func claim(_ path: String) throws(AnnotatedFolderError) {
        let files = FileManager.default
        if let names = try? files.contentsOfDirectory(atPath: path) {
            if names.contains(marker) { return }
            guard names.isEmpty else { throw .notEmpty(path) }
        } else {
            do {
                try files.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw .unwritable(path)
            }
        }
        let descriptor = open(path + "/" + marker, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(path) }
        close(descriptor)
    }
}

/// Why a folder cannot take drawn copies.
public enum AnnotatedFolderError: UserFacingError, Equatable {
    case notEmpty(String)
    case unwritable(String)

    public var message: String {
        switch self {
        case .notEmpty(let path):
            "“\(path)” holds files that are no drawn copies; name a new or an empty folder, so that no photo is overwritten."
        case .unwritable(let path): "The folder “\(path)” cannot be made or written to."
        }
    }
}
