import Foundation
import HTTPTransfer

/// Speaks to a Lik server over its API.
///
/// Calls block and are for threads of their own; any number may run at once.
public struct LikClient: Sendable {
    /// Of the server, without a slash at its end.
    public let address: String
    private let key: String?
    private let transfer: HTTPTransfer
    /// For bodies that take long to be sent.
    private let uploads: HTTPTransfer
    private let retries: RetryRule

    /// - Parameters:
    ///   - address: begins with http:// or https://; a path in front of the API's is kept.
    ///   - key: an API key; nil for a server that has none.
    /// - Throws: `LikClientError.badAddress`.
    public init(
        address: String, key: String? = nil, patience: Duration = .seconds(60),
        uploadPatience: Duration = .seconds(3600),
        retries: RetryRule = RetryRule()
    ) throws(LikClientError) {
        let lowered = address.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix), address.count > scheme.count,
            !address.contains(where: { $0.isWhitespace || $0 == "?" || $0 == "#" })
        else { throw .badAddress(address) }
        var address = address[...]
        while address.hasSuffix("/") { address.removeLast() }
        self.address = String(address)
        self.key = key
        self.retries = retries
        transfer = HTTPTransfer(limits: HTTPTransfer.Limits(whole: patience, answerBytes: 64 << 20))
        uploads = HTTPTransfer(limits: HTTPTransfer.Limits(whole: uploadPatience, answerBytes: 1 << 20))
    }

    /// The answer to a request, decoded.
    ///
    /// - Throws: `LikClientError`.
    func ask<Value: Decodable>(_ request: APIRequest, for type: Value.Type = Value.self) throws(LikClientError) -> Value
    {
        try decoded(try answer(to: request))
    }

    /// All of a list, page after page.
    ///
    /// - Parameter most: no more than these are fetched.
    func askAll<Value: Decodable>(
        _ request: APIRequest, most: Int = .max, of type: Value.Type = Value.self
    ) throws(LikClientError) -> [Value] {
        var all: [Value] = []
        var request = request
        request.query["limit"] = String(min(most, 1000))
        while true {
            let answer = try answer(to: request)
            let page: [Value] = try decoded(answer)
            all += page.prefix(most - all.count)
            guard all.count < most, let cursor = answer.header("X-Next-Cursor"), !cursor.isEmpty else { return all }
            request.query["cursor"] = cursor
        }
    }

    /// The answer to a request that the server took; tried again where that is safe.
    func answer(to request: APIRequest) throws(LikClientError) -> HTTPTransfer.Response {
        var attempt = 0
        while true {
            let failure: LikClientError
            do {
                let response = try send(request)
                if (200..<300).contains(response.status) { return response }
                failure = .refusal(response)
            } catch {
                failure = error
            }
            guard let wait = retries.wait(after: failure, attempt: attempt, isRepeatable: request.isRepeatable) else {
                throw failure
            }
            Thread.sleep(forTimeInterval: wait / .seconds(1))
            attempt += 1
        }
    }

    private func send(_ request: APIRequest) throws(LikClientError) -> HTTPTransfer.Response {
        var headers = request.headers
        headers.append(HTTPTransfer.Header(name: "User-Agent", value: "lik"))
        if let key { headers.append(HTTPTransfer.Header(name: "Authorization", value: "Bearer \(key)")) }
        let transfer = request.isUpload ? uploads : transfer
        do {
            return try transfer.response(
                to: HTTPTransfer.Request(
                    method: request.method, url: address + request.target, headers: headers, body: request.body))
        } catch {
            throw .transfer(error)
        }
    }

    private func decoded<Value: Decodable>(_ response: HTTPTransfer.Response) throws(LikClientError) -> Value {
        do {
            return try APIDecoding.decoder.decode(Value.self, from: Data(response.body))
        } catch {
            throw .unexpectedAnswer(address)
        }
    }
}
