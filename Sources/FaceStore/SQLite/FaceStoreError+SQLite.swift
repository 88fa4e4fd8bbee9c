internal import GRDB

extension FaceStoreError {
    /// What an error of a read or write means to a user.
    init(_ error: any Error) {
        if let known = error as? FaceStoreError {
            self = known
            return
        }
        guard let error = error as? DatabaseError else {
            self = .unexpected(detail: String(describing: error))
            return
        }
        self =
            switch error.resultCode {
            case .SQLITE_FULL: .diskFull
            case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
            case .SQLITE_BUSY, .SQLITE_LOCKED: .locked
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged
            case .SQLITE_MISUSE: .closed
            default: .unexpected(detail: "\(error.extendedResultCode.rawValue): \(error.message ?? "")")
            }
    }

    /// What an error met while opening the database at `path` means to a user.
    init(_ error: any Error, openingAt path: String) {
        if let error = error as? DatabaseError, error.resultCode == .SQLITE_NOTADB {
            self = .notADatabase(path: path)
        } else if let error = error as? DatabaseError, error.resultCode == .SQLITE_CANTOPEN {
            self = .cannotOpen(path: path, reason: error.message ?? "no reason is known")
        } else {
            self.init(error)
        }
    }
}
