/// How a server is reached and what it takes.
public struct ServerConfiguration: Sendable {
    /// The address to listen on: a name or an IP address.
    public var host: String
    /// 0 takes any that is free.
    public var port: Int
    /// The key that every request needs; nil lets everybody in.
    public var apiKey: String?
    /// The names that the server answers to, without ports; empty for all.
    public var hosts: [String]
    /// The foreign origins (`https://photos.example`) whose pages may use the API; `*` for all.
    public var corsOrigins: [String]
    /// In which it speaks to clients that name no language it has.
    public var language: Language
    public var limits: ServerLimits
    /// Whether each request is logged.
    public var accessLog: Bool
    /// What `/health` tells.
    public var version: String

    public init(
        host: String = "0.0.0.0", port: Int = 8080, apiKey: String? = nil, hosts: [String] = [],
        corsOrigins: [String] = [], language: Language = .english, limits: ServerLimits = ServerLimits(),
        accessLog: Bool = true, version: String = "0"
    ) {
        self.host = host
        self.port = port
        self.apiKey = apiKey
        self.hosts = hosts
        self.corsOrigins = corsOrigins
        self.language = language
        self.limits = limits
        self.accessLog = accessLog
        self.version = version
    }

    /// Whether the address can be reached from other machines, so that a server without a key stands open.
    public var isReachableFromOutside: Bool {
        !(host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127."))
    }
}

/// What a server takes at most.
public struct ServerLimits: Sendable, Hashable {
    public var filesPerRequest: Int
    public var bytesPerFile: Int
    /// Of an upload as a whole, with all that stands between the files.
    public var bytesPerRequest: Int
    /// Uploads that come in at the same time; more are refused with 503.
    public var uploadsAtOnce: Int
    /// Of a JSON or form body.
    public var bytesPerBody: Int
    /// Of a request of the recognition API, with all its images.
    public var bytesPerProbe: Int
    /// Of all those that are in work at the same time; more are refused with 503.
    public var bytesOfProbes: Int
    /// Of a request's header.
    public var bytesPerHeader: Int
    /// Connections at the same time; more wait to be accepted.
    public var connections: Int
    /// How long a connection may be silent.
    public var idleTimeout: Duration
    /// Once an upload has lasted a minute, it has to have brought so many bytes a second.
    public var bytesPerSecond: Int
    /// The widest picture that is drawn on demand, in pixels.
    public var pictureWidth: Int

    public init(
        filesPerRequest: Int = 1000, bytesPerFile: Int = 100_000_000, bytesPerRequest: Int = 5_000_000_000,
        uploadsAtOnce: Int = 32, bytesPerBody: Int = 1_048_576, bytesPerProbe: Int = 32_000_000,
        bytesOfProbes: Int = 400_000_000, bytesPerHeader: Int = 32_768, connections: Int = 8192,
        idleTimeout: Duration = .seconds(60), bytesPerSecond: Int = 1024, pictureWidth: Int = 4096
    ) {
        self.filesPerRequest = filesPerRequest
        self.bytesPerFile = bytesPerFile
        self.bytesPerRequest = bytesPerRequest
        self.uploadsAtOnce = uploadsAtOnce
        self.bytesPerBody = bytesPerBody
        self.bytesPerProbe = bytesPerProbe
        self.bytesOfProbes = bytesOfProbes
        self.bytesPerHeader = bytesPerHeader
        self.connections = connections
        self.idleTimeout = idleTimeout
        self.bytesPerSecond = bytesPerSecond
        self.pictureWidth = pictureWidth
    }
}
