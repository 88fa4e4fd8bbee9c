extension HTTPTransfer {
    /// A header's name and value.
    public struct Header: Sendable, Hashable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What is sent with a request.
    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Bytes of a file, which are read as they are sent.
        case file(path: String, offset: Int = 0, length: Int)
    }

    /// A request.
    public struct Request: Sendable {
        /// In upper case: GET, POST.
        public var method: String
        /// Beginning with http:// or https://.
        public var url: String
        public var headers: [Header]
        public var body: Body

        public init(method: String = "GET", url: String, headers: [Header] = [], body: Body = .none) {
            self.method = method
            self.url = url
            self.headers = headers
            self.body = body
        }
    }

    /// An answer, of whatever status.
    public struct Response: Sendable {
        public var status: Int
        /// In the order in which they came.
        public var headers: [Header]
        /// Empty where the body was received piece by piece.
        public var body: [UInt8]

        public init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
            self.status = status
            self.headers = headers
            self.body = body
        }

        /// The first value of a header, whose name may be in upper or lower case.
        public func header(_ name: String) -> String? {
            let wanted = name.lowercased()
            return headers.first { $0.name.lowercased() == wanted }?.value
        }
    }

    /// How long a request may take, and how much may come.
    public struct Limits: Sendable {
        /// Until a connection stands, TLS included.
        public var connecting: Duration
        /// From the call to the answer's last byte.
        public var whole: Duration
        /// Of a body that is kept in memory.
        public var answerBytes: Int

        public init(connecting: Duration = .seconds(5), whole: Duration = .seconds(30), answerBytes: Int = 1 << 20) {
            self.connecting = connecting
            self.whole = whole
            self.answerBytes = answerBytes
        }
    }

    /// Where requests may go. It is held to the very address that a connection is made to, so a name that means one
    /// address when it is looked at and another when it is called gains nothing.
    public enum AddressRule: Sendable {
        case any
        /// Only addresses of the internet: `NetworkAddress.isPublic`.
        case publicOnly
    }
}
