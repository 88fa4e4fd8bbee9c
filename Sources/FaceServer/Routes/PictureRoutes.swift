import FaceLibrary
import Foundation
import HTTPTypes
import Hummingbird

/// The originals, and what is drawn of them, below `/uploads/`.
struct PictureRoutes: Sendable {
    let library: Library
    /// Opening and reading.
    let calls: BlockingCalls
    /// What may take long because it is drawn first.
    let drawing: BlockingCalls
    let widthLimit: Int

    func add(to routes: RouteTable) {
        routes.route("/uploads/**", [.get: .read(show)])
    }

    @Sendable private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        guard let path = Self.components(of: request.uri.path) else { throw LibraryError.unknownPicture }
        let width = try QueryParameters(request).integer("w", in: 1...widthLimit)
        let pictures = library.pictures
        let (picture, file) = try await drawing.run {
            let picture = try pictures.file(at: path, width: width)
            return (picture, try FileBody(picture.url))
        }
        let version = EntityVersion(etag: picture.etag, modifiedAt: picture.modifiedAt)
        var fields = version.fields
        fields[.cacheControl] = picture.isImmutable ? "private, max-age=86400" : "private, no-cache"
        if version.isKnown(by: request.headers) {
            return Response(status: .notModified, headers: fields)
        }
        fields[.contentType] = picture.contentType
        fields[.acceptRanges] = "bytes"
        // Whatever was uploaded, a browser that opens it by itself runs nothing in it.
        fields[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        switch version.range(in: request.headers, length: file.length) {
        case .whole:
            return response(.ok, fields, file, 0..<file.length, of: request)
        case .part(let range):
            fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(file.length)"
            return response(.partialContent, fields, file, Range(range), of: request)
        case .unsatisfiable:
            throw APIError.rangeNotSatisfiable(length: file.length)
        }
    }

    private func response(
        _ status: HTTPResponse.Status, _ fields: HTTPFields, _ file: FileBody, _ range: Range<Int>, of request: Request
    ) -> Response {
        var fields = fields
        fields[.contentLength] = String(range.count)
        guard request.method != .head else { return Response(status: status, headers: fields) }
        return Response(status: status, headers: fields, body: file.responseBody(range, calls: calls))
    }

    /// The parts of the path behind `/uploads/`, decoded; nil when one of them could be anything but a name.
    static func components(of path: String) -> [String]? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2)
        var components: [String] = []
        for part in parts {
            guard let name = PercentEncoding.decoded(part), !name.isEmpty, !name.hasPrefix("."),
                !name.contains(where: { $0 == "/" || $0 == "\\" || $0 == "\0" })
            else { return nil }
            components.append(name)
        }
        return components.isEmpty ? nil : components
    }
}
