import Hummingbird
import NIOCore

/// The files of the web page and the API's description.
struct PageRoutes: Sendable {
    let files: PageFiles

    func add(to router: some RouterMethods<ServerRequestContext>) {
        // The log-in form has a route of its own.
        for file in files.files where file.path != "/login" {
            let body = ByteBuffer(bytes: file.bytes)
            router.route(
                RouterPath(file.path),
                [.get: { request, _ in Self.response(file, body, to: request) }])
        }
    }

    static func response(_ file: PageFile, _ body: ByteBuffer, to request: Request) -> Response {
        let version = EntityVersion(etag: file.etag)
        var fields = version.fields
        // Asked for again each time, and mostly answered with 304: so a new version of the program shows at once.
        fields[.cacheControl] = "private, no-cache"
        fields[.contentSecurityPolicy] = PageFiles.contentSecurityPolicy
        fields[.referrerPolicy] = "no-referrer"
        guard !version.isKnown(by: request.headers) else { return Response(status: .notModified, headers: fields) }
        fields[.contentType] = file.contentType
        return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: body))
    }
}
