import Foundation

/// An exclusive lock on a folder among all who open libraries in it; it ends with the process at the latest.
///
/// A folder and not the database is locked because closing any descriptor of the database would drop SQLite's own locks.
/// Where it cannot be had (a file system without locks, or no end of waiting) the opener goes on without: the lock only
/// spares it SQLite's own conflicts.
struct FolderLock {
    private let descriptor: Int32

    /// - Parameter patience: Seconds to wait for the lock.
    init(folder: String, patience: TimeInterval) {
        descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        let end = Date(timeIntervalSinceNow: patience)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR, Date() < end {
            usleep(10_000)
        }
    }

    func release() {
        guard descriptor >= 0 else { return }
        Glibc.close(descriptor)
    }
}
