public import HTTPTransfer

/// A message as it goes out.
public struct SignedMessage: Sendable, Hashable {
    public let url: String
    /// With the names in lower case: `webhook-id`, `webhook-timestamp`, `webhook-signature`, `content-type`.
    public let headers: [HTTPTransfer.Header]
    /// JSON.
    public let body: String
}

/// What a receiver said to a message.
public struct WebhookAnswer: Sendable, Hashable {
    public let status: Int
    /// How many seconds it wants to be left alone; nil when it does not say.
    public let retryAfter: Int?

    public init(status: Int, retryAfter: Int? = nil) {
        self.status = status
        self.retryAfter = retryAfter
    }
}

/// Sends messages to webhooks.
public protocol WebhookSender: Sendable {
    /// Blocks until the receiver has answered. Redirects are answers like others.
    func send(_ message: SignedMessage) throws(HTTPTransferError) -> WebhookAnswer
}

/// Sends messages over HTTP.
public struct HTTPWebhookSender: WebhookSender {
    private let transfer: HTTPTransfer

    /// - Parameter mayBePrivate: takes addresses of this machine and of private networks, and http; without it these are
    ///   refused when a message is sent, whatever name led there and whenever the webhook was made.
    public init(mayBePrivate: Bool) {
        transfer = HTTPTransfer(
            limits: HTTPTransfer.Limits(connecting: .seconds(5), whole: .seconds(15)),
            addresses: mayBePrivate ? .any : .publicOnly, requiresTLS: !mayBePrivate)
    }

    public func send(_ message: SignedMessage) throws(HTTPTransferError) -> WebhookAnswer {
        let response = try transfer.head(
            of: HTTPTransfer.Request(
                method: "POST", url: message.url, headers: message.headers, body: .bytes(Array(message.body.utf8))))
        return WebhookAnswer(
            status: response.status, retryAfter: response.header("retry-after").flatMap { Int($0) })
    }
}
