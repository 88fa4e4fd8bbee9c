import CZlib
import HTTPTypes
import Hummingbird
import NIOCore

/// Compresses JSON answers for clients that take gzip.
///
/// NIO's own handler for this sits in the pipeline and expects a request before each answer; a 100 or a 400 that has none
/// would end the process.
struct GzipEncoding: Sendable {
    /// Answers of fewer bytes are not worth it.
    private static let leastLength = 1024
    /// Longer ones are compressed on a thread.
    private static let longestOnEventLoop = 32_768
    let calls: BlockingCalls

    /// Whether an answer is to be compressed.
    func suits(_ response: Response, to request: Request) -> Bool {
        guard let length = response.body.contentLength, Self.suits(length: length, to: request.headers) else {
            return false
        }
        return response.headers[.contentType]?.hasPrefix("application/json") ?? false
    }

    /// Whether JSON of so many bytes is to be compressed for who sends these fields.
    static func suits(length: Int, to fields: HTTPFields) -> Bool {
        length >= leastLength && isAccepted(fields[.acceptEncoding])
    }

    /// The answer compressed; as it was when zlib does not manage.
    func encoded(_ response: Response) async throws -> Response {
        let collector = BodyCollector()
        try await response.body.write(collector)
        let body = collector.body
        let packed: ByteBuffer?
        if body.readableBytes > Self.longestOnEventLoop {
            packed = try await calls.run { Self.gzip(body) }
        } else {
            packed = Self.gzip(body)
        }
        var response = response
        response.body = ResponseBody(byteBuffer: packed ?? body)
        if packed != nil { response.headers[.contentEncoding] = "gzip" }
        return response
    }

    /// Whether an `Accept-Encoding` field takes gzip.
    static func isAccepted(_ field: String?) -> Bool {
        guard let field else { return false }
        for choice in field.split(separator: ",") {
            let parts = choice.split(separator: ";", maxSplits: 1).map { String($0).trimmedOfSpaces.lowercased() }
            guard let coding = parts.first, coding == "gzip" || coding == "*" else { continue }
            guard parts.count > 1, parts[1].hasPrefix("q=") else { return true }
            return Double(parts[1].dropFirst(2)) ?? 0 > 0
        }
        return false
    }

    /// Nil when zlib does not manage.
    static func gzip(_ body: ByteBuffer) -> ByteBuffer? {
        var stream = z_stream()
        guard lik_gzip_begin(&stream, 5) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(body.readableBytes)))
        var packed = ByteBuffer()
        var isDone = false
        _ = body.withUnsafeReadableBytes { source in
            packed.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { target in
                // zlib only reads there; its interface is older than const.
                stream.next_in = UnsafeMutablePointer(
                    mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
                stream.avail_out = UInt32(target.count)
                isDone = deflate(&stream, Z_FINISH) == Z_STREAM_END
                return target.count - Int(stream.avail_out)
            }
        }
        return isDone ? packed : nil
    }
}

/// Takes a body that is in memory already. A class, since writing consumes the writer.
private final class BodyCollector: ResponseBodyWriter {
    private(set) var body = ByteBuffer()

    func write(_ buffer: ByteBuffer) async throws { body.writeImmutableBuffer(buffer) }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
