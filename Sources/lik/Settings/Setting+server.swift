/// Settings that only `lik serve` uses.
extension Setting {
    static let host = Setting(name: "SERVER_HOST", help: "Address to listen on", standard: "0.0.0.0")
    static let port = Setting(name: "SERVER_PORT", help: "Port to listen on; 0 for any that is free", standard: "8080")

    static let databaseHost = Setting(
        name: "DB_HOST", help: "PostgreSQL server; without it the library is a file", standard: nil,
        absence: "SQLite in LIK_DATA")
    static let databasePort = Setting(name: "DB_PORT", help: "Port of PostgreSQL", standard: "5432")
    static let databaseUser = Setting(name: "DB_USER", help: "User of PostgreSQL", standard: "faceuser")
    static let databasePassword = Setting(
        name: "DB_PASSWORD", help: "Password of PostgreSQL", standard: nil, absence: "none", isSecret: true)
    static let databaseName = Setting(name: "DB_NAME", help: "Database of PostgreSQL", standard: "facedb")
    static let databaseTLS = Setting(
        name: "DB_SSLMODE", help: "TLS to PostgreSQL, by its own words: disable, require, …", standard: "disable")

    static let search = Setting(
        name: "LIK_SEARCH", help: "Where people are searched: memory, or database with PostgreSQL's extension vector",
        standard: "memory")
    static let searchBreadth = Setting(
        name: "LIK_SEARCH_BREADTH", help: "Candidates the database's index looks at; more miss fewer and take longer",
        standard: "200")

    static let redisAddress = Setting(
        name: "REDIS_ADDR", help: "Redis server, HOST:PORT or a socket's path; without it the cache is in the process",
        standard: nil,
        absence: "in the process")
    static let redisPassword = Setting(
        name: "REDIS_PASSWORD", help: "Password of Redis", standard: nil, absence: "none", isSecret: true)
    static let redisDatabase = Setting(name: "REDIS_DB", help: "Number of the database in Redis", standard: "0")

    static let language = Setting(
        name: "LIK_LANGUAGE", help: "Language where a client names none: en or ru", standard: "en")
    static let apiKey = Setting(
        name: "LIK_API_KEY", help: "Key that every request needs", standard: nil, absence: "everybody is let in",
        isSecret: true)
    static let hosts = Setting(
        name: "LIK_HOSTS", help: "Names the server answers to, with commas between them", standard: nil, absence: "all")
    static let corsOrigins = Setting(
        name: "LIK_CORS_ORIGINS", help: "Foreign origins whose pages may use the API, with commas; * for all",
        standard: nil, absence: "none")
    static let eraseAfter = Setting(
        name: "LIK_ERASE_AFTER", help: "How long deleting a person can be undone: 90s, 10m, 24h, 7d; 0 not at all",
        standard: "10m")
    static let attendanceWindow = Setting(
        name: "LIK_ATTENDANCE_WINDOW",
        help: "How long who is seen again at a place is no new event of attendance: 300, 5m; at most 24h",
        standard: "300")
    static let webhooksPrivate = Setting(
        name: "LIK_WEBHOOKS_PRIVATE",
        help: "allow lets webhooks go to private networks and this machine, and over http; refuse does not",
        standard: "refuse")
    static let drain = Setting(
        name: "LIK_DRAIN",
        help: "How long a server that was told to end still serves, while others take over: 5s; 0 not at all",
        standard: "0")
    static let uploadFiles = Setting(name: "LIK_UPLOAD_FILES", help: "Files of one upload at most", standard: "1000")
    static let uploadFileBytes = Setting(
        name: "LIK_UPLOAD_FILE_BYTES", help: "Bytes of one uploaded file at most", standard: "100000000")
    static let uploadBytes = Setting(
        name: "LIK_UPLOAD_BYTES", help: "Bytes of one upload at most", standard: "5000000000")
    static let cacheBytes = Setting(
        name: "LIK_CACHE_BYTES", help: "Memory of the in-process cache; 0 turns it off", standard: "33554432")
    static let accessLog = Setting(
        name: "LIK_ACCESS_LOG", help: "A log line for each request: on or off", standard: "on")
    static let logFormat = Setting(name: "LIK_LOG_FORMAT", help: "text or json", standard: "text")
    static let logLevel = Setting(
        name: "LIK_LOG_LEVEL", help: "trace, debug, info, notice, warning or error", standard: "info")

    static let server: [Setting] = [
        host, port, databaseHost, databasePort, databaseUser, databasePassword, databaseName, databaseTLS, search,
        searchBreadth, redisAddress, redisPassword, redisDatabase, language, apiKey, hosts, corsOrigins, eraseAfter,
        attendanceWindow, webhooksPrivate, drain, uploadFiles,
        uploadFileBytes,
        uploadBytes, cacheBytes, accessLog, logFormat, logLevel,
    ]
}
