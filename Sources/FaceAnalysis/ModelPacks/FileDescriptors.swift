import FaceCore
import Foundation

/// An open file that is read from front to back; closed at its end of life.
final class InputFile {
    private let descriptor: Int32
    private let path: String

    init(_ url: URL) throws(ModelPackError) {
        path = url.path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .reading(path, errno) }
    }

    deinit { close(descriptor) }

    /// The next bytes; nil at the end of the file.
    func read(atMost count: Int) throws(ModelPackError) -> [UInt8]? {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var received = -1
            repeat {
                received = Foundation.read(descriptor, buffer.baseAddress, count)
            } while received < 0 && errno == EINTR
            failure = received < 0 ? errno : 0
            filled = max(received, 0)
        }
        guard failure == 0 else { throw .reading(path, failure) }
        return bytes.isEmpty ? nil : bytes
    }
}

/// An open file that is written to from where it ends; closed at its end of life.
final class OutputFile {
    enum Mode {
        /// The file must not be there.
        case new
        /// What is there is kept and added to.
        case appending
    }

    private let descriptor: Int32
    private let path: String
    /// Bytes in the file.
    private(set) var size: Int64 = 0

    init(_ url: URL, _ mode: Mode) throws(ModelPackError) {
        path = url.path
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (mode == .new ? O_EXCL : O_APPEND)
        descriptor = open(path, flags, 0o644)
        guard descriptor >= 0 else { throw .writing(path, errno) }
        size = max(Int64(lseek(descriptor, 0, SEEK_END)), 0)
    }

    deinit { close(descriptor) }

    func write(_ bytes: UnsafeRawBufferPointer) throws(ModelPackError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                throw .writing(path, errno)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
            size += Int64(written)
        }
    }

    func write(_ bytes: [UInt8]) throws(ModelPackError) {
        // `withUnsafeBytes` carries no typed error; the only one thrown inside is ours.
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(ModelPackError) in try write(buffer) }
        }
        try result.get()
    }

    func truncate() throws(ModelPackError) {
        guard ftruncate(descriptor, 0) == 0 else { throw .writing(path, errno) }
        lseek(descriptor, 0, SEEK_SET)
        size = 0
    }

    /// Waits until the bytes are on the disk.
    func synchronize() throws(ModelPackError) {
        guard fsync(descriptor) == 0 else { throw .writing(path, errno) }
    }
}

extension ModelPackError {
    /// What a failed call of the system on a file that was being written means to people.
    static func writing(_ path: String, _ code: Int32) -> ModelPackError {
        switch code {
        case ENOSPC, EDQUOT: .diskFull(path: path)
        case EACCES, EPERM, EROFS: .notPermitted(path: path)
        default: .fileFailure(path: path, reason: String(cString: strerror(code)))
        }
    }

    /// What a failed call of the system on a file that was being read means to people.
    static func reading(_ path: String, _ code: Int32) -> ModelPackError {
        code == ENOENT ? .sourceNotFound(path) : .fileFailure(path: path, reason: String(cString: strerror(code)))
    }
}
