/// Where a Redis server is and how it is talked to.
public struct RedisServer: Sendable, Hashable {
    public enum Endpoint: Sendable, Hashable {
        case tcp(host: String, port: Int)
        /// A socket in the file system.
        case socket(path: String)
    }

    public var endpoint: Endpoint
    public var password: String?
    /// Number of the database, 0 or more.
    public var database: Int
    /// Before the names of all keys and channels, so that several libraries can share a server.
    public var prefix: String
    /// For how long a connection or an answer is waited for, before the server counts as away.
    public var timeout: Duration

    public init(
        _ endpoint: Endpoint, password: String? = nil, database: Int = 0, prefix: String = "lik:",
        timeout: Duration = .milliseconds(500)
    ) {
        self.endpoint = endpoint
        self.password = password
        self.database = database
        self.prefix = prefix
        self.timeout = timeout
    }
}

extension RedisServer.Endpoint {
    /// Reads `HOST`, `HOST:PORT`, `[ADDRESS]:PORT` (the port is 6379 where none is named) or the path of a socket; nil when
    /// it is none of these.
    public init?(_ text: String) {
        if text.hasPrefix("/") {
            self = .socket(path: text)
            return
        }
        var host = Substring(text)
        var port: Substring?
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
            guard !host.contains(":") else { return nil }
        }
        let number = port.map { Int($0) } ?? 6379
        guard !host.isEmpty, let number, (1...65_535).contains(number) else { return nil }
        self = .tcp(host: String(host), port: number)
    }
}
