/// Where a PostgreSQL server is and how it is talked to.
public struct PostgresServer: Sendable, Hashable {
    /// How connections are secured, in PostgreSQL's own words.
    public enum TLSMode: String, Sendable, Hashable, CaseIterable {
        case disable, allow, prefer, require
        case verifyCA = "verify-ca"
        case verifyFull = "verify-full"
    }

    /// A name, an address, or the folder of the server's socket.
    public var host: String
    public var port: Int
    public var user: String
    public var password: String?
    public var database: String
    public var tls: TLSMode
    /// The schema in the database that holds the library: lower-case letters, digits and `_`.
    public var schema: String
    /// Connections of this process at most.
    public var connections: Int

    public init(
        host: String, port: Int = 5432, user: String, password: String? = nil, database: String,
        tls: TLSMode = .disable, schema: String = "lik", connections: Int = 16
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.database = database
        self.tls = tls
        self.schema = schema
        self.connections = max(connections, 1)
    }

    /// What libpq is told. A server that falls silent, or a client, is noticed within 20 seconds, and a client that falls
    /// silent in the middle of a transaction does not hold the others up for longer.
    var parameters: [String: String] {
        var parameters = [
            "host": host, "port": String(port), "user": user, "dbname": database, "sslmode": tls.rawValue,
            "application_name": "lik", "client_encoding": "UTF8", "connect_timeout": "5",
            "keepalives_idle": "10", "keepalives_interval": "3", "keepalives_count": "3", "tcp_user_timeout": "20000",
            "options": """
            -c search_path=\(schema) -c lock_timeout=10s -c idle_in_transaction_session_timeout=15s \
            -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=3 -c tcp_keepalives_count=3 \
            -c tcp_user_timeout=20000 -c client_min_messages=warning
            """,
        ]
        if let password, !password.isEmpty { parameters["password"] = password }
        return parameters
    }
}
