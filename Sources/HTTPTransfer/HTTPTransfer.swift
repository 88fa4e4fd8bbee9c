import CCurl
import Glibc

/// Requests to other servers, by libcurl, which is loaded with the first of them.
///
/// Calls block and are for threads of their own; any number may run at once. Redirects are not followed, no proxy of the
/// environment is used, and connections are kept for the next request to the same host.
public struct HTTPTransfer: Sendable {
    public let limits: Limits
    public let addresses: AddressRule
    public let verifiesCertificates: Bool
    public let requiresTLS: Bool
    private let shelf = ConnectionShelf()

    /// libcurl, found once for the whole process.
    private static let isLoaded = lik_curl_start()

    /// - Parameters:
    ///   - verifiesCertificates: false trusts any server, which is for tests and networks that are known to be safe.
    ///   - requiresTLS: refuses addresses that begin with http://.
    public init(
        limits: Limits = Limits(), addresses: AddressRule = .any, verifiesCertificates: Bool = true,
        requiresTLS: Bool = false
    ) {
        self.requiresTLS = requiresTLS
        self.limits = limits
        self.addresses = addresses
        self.verifiesCertificates = verifiesCertificates
    }

    /// The answer to a request, its body in memory, up to `limits.answerBytes`.
    public func response(to request: Request) throws(HTTPTransferError) -> Response {
        var body: [UInt8] = []
        var isTooLarge = false
        let bound = limits.answerBytes
        let take = { (piece: UnsafeRawBufferPointer) -> Bool in
            isTooLarge = piece.count > bound - body.count
            guard !isTooLarge else { return false }
            body.append(contentsOf: piece)
            return true
        }
        var response = try response(to: request, receiving: take)
        if isTooLarge { throw .answerTooLarge(host: Self.host(of: request.url)) }
        response.body = body
        return response
    }

    /// What an answer says before its body; the body is thrown away, and whether it ever ends is of no matter. It waits for
    /// the end for as long as a request may take, so that the connection can be used again.
    public func head(of request: Request) throws(HTTPTransferError) -> Response {
        var count = 0
        let bound = limits.answerBytes
        return try response(to: request, isHeadEnough: true) { piece in
            count += piece.count
            return count < bound
        }
    }

    /// The answer to a request, its body handed over as it comes.
    ///
    /// - Parameter receiving: false wants no more, which ends the transfer without an error.
    public func response(
        to request: Request, receiving: (UnsafeRawBufferPointer) -> Bool
    ) throws(HTTPTransferError) -> Response {
        try response(to: request, isHeadEnough: false, receiving: receiving)
    }

    private func response(
        to request: Request, isHeadEnough: Bool, receiving: (UnsafeRawBufferPointer) -> Bool
    ) throws(HTTPTransferError) -> Response {
        guard Self.isLoaded else { throw .libraryMissing }
        let host = Self.host(of: request.url)
        guard !host.isEmpty, Self.isOneLine(request) else { throw .badURL }
        if requiresTLS, !request.url.lowercased().hasPrefix("https://") { throw .notEncrypted(host: host) }
        guard let handle = shelf.take() else { throw .interrupted(host: host) }
        defer { shelf.giveBack(handle) }
        let file = try Self.open(request.body)
        defer { if file >= 0 { close(file) } }

        let (outcome, response, isHeadComplete) = withoutActuallyEscaping(receiving) { receiving in
            let answer = ArrivingAnswer(addresses: addresses, receiving: receiving)
            let (outcome, response) = perform(request, file: file, on: handle, answer: answer)
            return (outcome, response, answer.isHeadComplete)
        }
        // A status below 200 only says that the answer is to come.
        if isHeadEnough, response.status >= 200, isHeadComplete { return response }
        switch outcome {
        case LIK_TRANSFER_DONE, LIK_TRANSFER_STOPPED: return response
        case LIK_TRANSFER_BAD_URL: throw .badURL
        case LIK_TRANSFER_REFUSED: throw .refusedAddress(host: host)
        case LIK_TRANSFER_UNREACHABLE: throw .unreachable(host: host)
        case LIK_TRANSFER_TOO_SLOW: throw .tooSlow(host: host)
        case LIK_TRANSFER_BAD_CERTIFICATE: throw .badCertificate(host: host)
        default: throw .interrupted(host: host)
        }
    }

    private func perform(
        _ request: Request, file: Int32, on handle: UnsafeMutableRawPointer, answer: ArrivingAnswer
    ) -> (LikTransferOutcome, Response) {
        // "Name;" is libcurl's way to write a header without a value. Waiting for "100 Continue" would cost a second
        // with servers that do not know it.
        var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        lines.append("Expect:")
        let texts = lines.map { strdup($0) }
        defer { for text in texts { free(text) } }
        var transfer = LikTransfer()
        transfer.body_file = file
        transfer.connecting_milliseconds = Self.milliseconds(limits.connecting)
        transfer.whole_milliseconds = Self.milliseconds(limits.whole)
        transfer.verifies_certificates = verifiesCertificates
        transfer.has_body = ["POST", "PUT", "PATCH"].contains(request.method)
        transfer.context = Unmanaged.passUnretained(answer).toOpaque()
        transfer.allows = { context, address, length in
            ArrivingAnswer.at(context).allows(UnsafeRawBufferPointer(start: address, count: length))
        }
        transfer.head = { context, line, length in
            ArrivingAnswer.at(context).takeHead(UnsafeRawBufferPointer(start: line, count: length))
        }
        transfer.receive = { context, bytes, length in
            ArrivingAnswer.at(context).takeBody(UnsafeRawBufferPointer(start: bytes, count: length))
        }
        var bytes: [UInt8] = []
        switch request.body {
        case .none: break
        case .bytes(let given):
            bytes = given
            transfer.body_length = Int64(given.count)
            transfer.has_body = true
        case .file(_, let offset, let length):
            transfer.body_offset = Int64(offset)
            transfer.body_length = Int64(length)
            transfer.has_body = true
        }
        var status = 0
        let outcome = request.method.withCString { method in
            request.url.withCString { url in
                texts.map { UnsafePointer($0) }.withUnsafeBufferPointer { headers in
                    bytes.withUnsafeBufferPointer { body in
                        transfer.method = method
                        transfer.url = url
                        transfer.headers = headers.baseAddress
                        transfer.header_count = headers.count
                        transfer.body = file < 0 ? body.baseAddress : nil
                        return withExtendedLifetime(answer) { lik_curl_perform(handle, &transfer, &status) }
                    }
                }
            }
        }
        return (outcome, Response(status: status, headers: answer.headers))
    }

    /// -1 where the body is no file.
    private static func open(_ body: Body) throws(HTTPTransferError) -> Int32 {
        guard case .file(let path, _, _) = body else { return -1 }
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .bodyUnreadable }
        return file
    }

    /// Whether no part of the head could pass for a further line of it.
    private static func isOneLine(_ request: Request) -> Bool {
        let parts = [request.method, request.url] + request.headers.flatMap { [$0.name, $0.value] }
        return parts.allSatisfy { part in !part.utf8.contains { $0 == 0 || $0 == 10 || $0 == 13 } }
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        max(1, Int(duration / .milliseconds(1)))
    }

    /// What people know a server by; empty where the address has none or is neither http nor https.
    static func host(of url: String) -> String {
        let lowered = url.lowercased()
        guard let scheme = ["http://", "https://"].first(where: lowered.hasPrefix) else { return "" }
        let rest = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        return String(rest.split(separator: "@").last ?? "")
    }
}
