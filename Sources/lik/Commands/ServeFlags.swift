import ArgumentParser

/// Flags of the server itself, one for each of its settings.
struct ServerFlags: ParsableArguments {
    @Option(help: "Address to listen on (SERVER_HOST; 0.0.0.0).")
    var host: String?

    @Option(help: "Port to listen on (SERVER_PORT; 8080).")
    var port: String?

    @Option(help: "Folder of everything Lik keeps (LIK_DATA).")
    var data: String?

    @Option(help: "Language where a client names none: en or ru (LIK_LANGUAGE; en).")
    var language: String?

    @Option(
        help: "Key that every request needs (LIK_API_KEY). Other users of the machine see flags: prefer the variable.")
    var apiKey: String?

    @Option(help: "Names the server answers to, with commas (LIK_HOSTS; all).")
    var hosts: String?

    @Option(help: "Foreign origins whose pages may use the API, with commas; * for all (LIK_CORS_ORIGINS; none).")
    var corsOrigins: String?

    @Option(help: "How long deleting a person can be undone; 0 not at all (LIK_ERASE_AFTER; 10m).")
    var eraseAfter: String?

    @Option(help: "Photos in work at once (LIK_JOBS; one a core).")
    var jobs: String?

    @Option(help: "Photos with more pixels are refused (LIK_MAX_PIXELS; 100000000).")
    var maxPixels: String?

    @Option(help: "Files of one upload at most (LIK_UPLOAD_FILES; 1000).")
    var uploadFiles: String?

    @Option(help: "Bytes of one uploaded file at most (LIK_UPLOAD_FILE_BYTES; 100000000).")
    var uploadFileBytes: String?

    @Option(help: "Bytes of one upload at most (LIK_UPLOAD_BYTES; 5000000000).")
    var uploadBytes: String?

    @Option(help: "Memory of the in-process cache; 0 turns it off (LIK_CACHE_BYTES; 33554432).")
    var cacheBytes: String?

    @Option(help: "A log line for each request: on or off (LIK_ACCESS_LOG; on).")
    var accessLog: String?

    @Option(help: "text or json (LIK_LOG_FORMAT; text).")
    var logFormat: String?

    @Option(help: "trace, debug, info, notice, warning or error (LIK_LOG_LEVEL; info).")
    var logLevel: String?

    var values: [String: String] {
        let given: [(Setting, String?)] = [
            (.host, host), (.port, port), (.data, data), (.language, language), (.apiKey, apiKey), (.hosts, hosts),
            (.corsOrigins, corsOrigins), (.eraseAfter, eraseAfter), (.jobs, jobs), (.maxPixels, maxPixels),
            (.uploadFiles, uploadFiles), (.uploadFileBytes, uploadFileBytes), (.uploadBytes, uploadBytes),
            (.cacheBytes, cacheBytes), (.accessLog, accessLog), (.logFormat, logFormat), (.logLevel, logLevel),
        ]
        return Dictionary(uniqueKeysWithValues: given.compactMap { setting, value in value.map { (setting.name, $0) } })
    }
}

/// Flags of other servers that Lik uses.
struct BackendFlags: ParsableArguments {
    @Option(help: "PostgreSQL server (DB_HOST; without it SQLite in LIK_DATA).")
    var dbHost: String?

    @Option(help: "Its port (DB_PORT; 5432).")
    var dbPort: String?

    @Option(help: "Its user (DB_USER; faceuser).")
    var dbUser: String?

    @Option(help: "Its password (DB_PASSWORD). Other users of the machine see flags: prefer the variable.")
    var dbPassword: String?

    @Option(help: "Its database (DB_NAME; facedb).")
    var dbName: String?

    @Option(help: "TLS to it (DB_SSLMODE; disable).")
    var dbSslmode: String?

    @Option(help: "Where people are searched: memory or database (LIK_SEARCH; memory).")
    var search: String?

    @Option(help: "Candidates that the database's index looks at (LIK_SEARCH_BREADTH; 200).")
    var searchBreadth: String?

    @Option(help: "Redis server, HOST:PORT (REDIS_ADDR; without it the cache is in the process).")
    var redisAddr: String?

    @Option(help: "Its password (REDIS_PASSWORD).")
    var redisPassword: String?

    @Option(help: "Its database (REDIS_DB; 0).")
    var redisDb: String?

    var values: [String: String] {
        let given: [(Setting, String?)] = [
            (.databaseHost, dbHost), (.databasePort, dbPort), (.databaseUser, dbUser), (.databasePassword, dbPassword),
            (.databaseName, dbName), (.databaseTLS, dbSslmode), (.search, search), (.searchBreadth, searchBreadth),
            (.redisAddress, redisAddr),
            (.redisPassword, redisPassword), (.redisDatabase, redisDb),
        ]
        return Dictionary(uniqueKeysWithValues: given.compactMap { setting, value in value.map { (setting.name, $0) } })
    }
}
