import ArgumentParser
import FaceCore
import FaceLibrary
import Foundation

/// The command's result where it is too long to be made before it is printed.
enum StandardOutput {
    /// Writes all of an export, each piece as it is made.
    ///
    /// - Throws: `LibraryError`, `CommandError.outputFailed`; exit code 1, without words, when the reader went away.
    static func write(_ stream: ExportStream) throws {
        while let piece = try stream.next() {
            var rest = piece[...]
            while !rest.isEmpty {
                let written = rest.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
                if written > 0 {
                    rest = rest.dropFirst(written)
                } else if errno == EPIPE {
                    throw ExitCode(1)
                } else if errno != EINTR {
                    throw CommandError.outputFailed(reason: String(cString: strerror(errno)))
                }
            }
        }
    }
}
