import HTTPTypes
import Hummingbird
import NIOCore

/// What is answered with a file of the page, with the bytes ready to be sent.
struct PageAnswer: Sendable {
    private let file: PageFile
    private let body: ByteBuffer
    private let packed: ByteBuffer?

    init(_ file: PageFile) {
        self.file = file
        body = ByteBuffer(bytes: file.bytes)
        packed = file.packed.map { ByteBuffer(bytes: $0) }
    }

    func response(to request: Request) -> Response {
        let packed = GzipEncoding.isAccepted(request.headers[.acceptEncoding]) ? packed : nil
        // Two encodings of a file are two things for a cache.
        let version = EntityVersion(etag: packed == nil ? file.etag : "\(file.etag.dropLast())-gzip\"")
        var fields = version.fields
        // A path that stays is asked for again each time, and mostly answered with 304: a new version shows at once.
        fields[.cacheControl] = file.isImmutable ? "private, max-age=31536000, immutable" : "private, no-cache"
        fields[.contentSecurityPolicy] = PageFiles.contentSecurityPolicy
        fields[.referrerPolicy] = "no-referrer"
        fields[.vary] = "Accept-Encoding"
        guard !version.isKnown(by: request.headers) else { return Response(status: .notModified, headers: fields) }
        fields[.contentType] = file.contentType
        if packed != nil { fields[.contentEncoding] = "gzip" }
        return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: packed ?? body))
    }
}
