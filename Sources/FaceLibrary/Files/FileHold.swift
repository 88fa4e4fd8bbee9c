import Foundation

/// Keeps files that are to go on the disk for as long as the value lives: somebody is reading what was needed a moment ago.
///
/// A lock on `LIK_DATA/files.lock`, shared by all who read and taken alone by whoever removes, on whatever machine. Where it
/// cannot be had (a folder that may only be read, a file system without locks) reading goes on without.
final class FileHold {
    fileprivate let descriptor: Int32

    /// Waits for whoever is removing files at the moment.
    init(_ folders: LibraryFolders) {
        descriptor = Self.open(folders)
        guard descriptor >= 0 else { return }
        while flock(descriptor, LOCK_SH) != 0, errno == EINTR {}
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    fileprivate static func open(_ folders: LibraryFolders) -> Int32 {
        let path = folders.data.appendingPathComponent("files.lock").path
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        return descriptor >= 0 ? descriptor : Foundation.open(path, O_RDONLY | O_CLOEXEC)
    }
}

/// The right to remove files, held by nobody else at the time.
final class FileRemovalTurn {
    private let descriptor: Int32

    /// Nil when somebody holds files, or removes them himself.
    init?(_ folders: LibraryFolders) {
        descriptor = FileHold.open(folders)
        // Whoever is not made is ended all the same, and closes.
        if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK { return nil }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
