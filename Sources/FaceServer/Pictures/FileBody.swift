import FaceLibrary
import Foundation
import Hummingbird
import NIOCore
import Synchronization

/// A file's bytes as the body of a response, read a piece at a time. Once it is open, the file may be removed.
final class FileBody: Sendable {
    /// Bytes of the file.
    let length: Int
    private let descriptor: Int32
    private static let pieceLength = 128 * 1024

    /// Blocks.
    ///
    /// - Throws: `LibraryError.unknownPicture` when the file is gone.
    init(_ url: URL) throws(LibraryError) {
        descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .unknownPicture }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            throw .unknownPicture
        }
        length = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The bytes of a range as a response's body.
    func responseBody(_ range: Range<Int>, calls: BlockingCalls) -> ResponseBody {
        ResponseBody(contentLength: range.count) { writer in
            var position = range.lowerBound
            while position < range.upperBound {
                let start = position
                let count = min(Self.pieceLength, range.upperBound - start)
                let piece = try await calls.run { try self.read(count, at: start) }
                position += piece.readableBytes
                try await writer.write(piece)
            }
            try await writer.finish(nil)
        }
    }

    /// All of its bytes. Blocks; for small files.
    func readWhole(_ range: Range<Int>) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        while buffer.readableBytes < range.count {
            buffer.writeImmutableBuffer(
                try read(range.count - buffer.readableBytes, at: range.lowerBound + buffer.readableBytes))
        }
        return buffer
    }

    /// At least one byte.
    private func read(_ count: Int, at offset: Int) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(count)
        let read = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { pointer in
            max(0, pread(descriptor, pointer.baseAddress, count, off_t(offset)))
        }
        // Shorter than it was when the header went out: all that can be done is to break off.
        guard read > 0 else { throw APIError.internal }
        return buffer
    }
}
