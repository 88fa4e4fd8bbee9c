import Foundation
import HTTPTransfer

/// A request to the API, before it knows of a server.
struct APIRequest: Sendable {
    var method = "GET"
    /// Its parts are percent-encoded where they come from outside.
    var path: String
    var query: [String: String] = [:]
    var headers: [HTTPTransfer.Header] = []
    var body = HTTPTransfer.Body.none
    /// Whether nothing is changed by it, so that it may be sent twice.
    var isRepeatable = true
    /// Whether its body may take long to be sent.
    var isUpload = false

    /// Path and query as they stand in the request's first line; the query in the order of its names.
    var target: String {
        guard !query.isEmpty else { return path }
        let pairs = query.sorted { $0.key < $1.key }.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
        return path + "?" + pairs.joined(separator: "&")
    }

    static func get(_ path: String, query: [String: String?] = [:]) -> APIRequest {
        APIRequest(path: path, query: query.compactMapValues { $0 })
    }

    /// - Parameter isRepeatable: false where something is changed.
    static func post(_ path: String, _ form: MultipartFile, isRepeatable: Bool, isUpload: Bool = false) -> APIRequest {
        APIRequest(
            method: "POST", path: path,
            headers: [HTTPTransfer.Header(name: "Content-Type", value: form.contentType)], body: form.body,
            isRepeatable: isRepeatable, isUpload: isUpload)
    }

    /// Everything but what RFC 3986 calls unreserved is written as bytes.
    static func encoded(_ text: String) -> String {
        let unreserved = CharacterSet(
            charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }
}
