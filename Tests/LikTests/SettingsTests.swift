import FaceCache
import FaceLibrary
import FaceServer
import FaceStore
import Foundation
import Testing

@testable import lik

@Suite struct SettingsTests {
    private func settings(
        flags: [String: String] = [:], environment: [String: String] = [:], file: String? = nil
    ) throws -> Settings {
        var environment = environment
        if let file {
            let url = FileManager.default.temporaryDirectory.appendingPathComponent("lik-\(UUID().uuidString).conf")
            try Data(file.utf8).write(to: url)
            environment["LIK_CONFIG"] = url.path
            defer { try? FileManager.default.removeItem(at: url) }
            return try Settings(flags: flags, environment: environment)
        }
        return try Settings(flags: flags, environment: environment)
    }

    @Test func `Flags beat the environment, which beats the file, which beats the default`() throws {
        let file = "# mine\nLIK_EPS = 0.1\nLIK_JOBS=2\nLIK_MIN_SIZE=50\n"
        let all = try settings(
            flags: ["LIK_EPS": "0.3"], environment: ["LIK_EPS": "0.2", "LIK_JOBS": "4"], file: file)
        #expect(all.value(.eps)?.value == "0.3" && all.value(.eps)?.origin == .flag)
        #expect(all.value(.jobs)?.value == "4" && all.value(.jobs)?.origin == .environment)
        #expect(all.value(.minSize)?.value == "50" && all.value(.minSize)?.origin == .file)
        #expect(all.value(.detThresh)?.value == "0.5" && all.value(.detThresh)?.origin == .standard)
        #expect(all.value(.metric) == nil)
    }

    @Test func `An empty value counts as not given`() throws {
        #expect(try settings(environment: ["LIK_JOBS": ""]).value(.jobs)?.origin == .standard)
    }

    @Test func `A value out of range says what it must be`() throws {
        let bad = try settings(environment: ["LIK_JOBS": "many", "LIK_METRIC": "manhattan", "LIK_EPS": "-1"])
        #expect(throws: SettingsError.self) { try bad.integer(.jobs, in: 0...256) }
        #expect(throws: SettingsError.self) { try bad.number(.eps, in: 0...100) }
        #expect(throws: SettingsError.invalid("LIK_ALGORITHM", value: "x", expected: "one of average, dbscan, hdbscan"))
        {
            try settings(flags: ["LIK_ALGORITHM": "x"]).choice(.algorithm, of: ScanAlgorithm.self)
        }
    }

    private enum ScanAlgorithm: String, CaseIterable { case average, dbscan, hdbscan }

    @Test func `The file's mistakes are named with their line`() {
        #expect(throws: SettingsError.self) { try settings(file: "LIK_JOBS") }
        #expect(throws: SettingsError.self) { try settings(file: "LIK_JOBS=1\nLIK_TYPO=2") }
        #expect(throws: SettingsError.unreadableFile("/no/such.conf")) {
            try settings(environment: ["LIK_CONFIG": "/no/such.conf"])
        }
    }
}

@Suite struct ServerSettingsTests {
    private func settings(_ environment: [String: String]) throws -> Settings {
        try Settings(environment: environment.merging(["LIK_CONFIG": ""]) { first, _ in first })
    }

    @Test(arguments: [
        ("10m", 600.0), ("90s", 90), ("90", 90), ("24h", 86_400), ("7D", 604_800), ("0", 0), ("1.5h", 5400),
    ])
    func `Times are read with their unit`(text: String, seconds: Double) throws {
        #expect(try settings(["LIK_ERASE_AFTER": text]).duration(.eraseAfter) == .seconds(seconds))
    }

    @Test(arguments: ["soon", "-1m", "10x", "m", "inf", "nan", "1e9d"])
    func `What is no time is refused`(text: String) {
        #expect(throws: SettingsError.self) { try settings(["LIK_ERASE_AFTER": text]).duration(.eraseAfter) }
    }

    @Test func `Lists, switches and what stands for itself`() throws {
        let all = try settings([
            "LIK_HOSTS": " a.example, ,b.example ", "LIK_ACCESS_LOG": "OFF", "PYTHON_BASE_URL": "x",
        ])
        #expect(all.list(.hosts) == ["a.example", "b.example"])
        #expect(all.list(.corsOrigins).isEmpty)
        #expect(try !all.isOn(.accessLog))
        #expect(all.isGiven("PYTHON_BASE_URL") && !all.isGiven("OTHER"))
        #expect(throws: SettingsError.self) { try settings(["LIK_ACCESS_LOG": "maybe"]).isOn(.accessLog) }
    }

    @Test func `A server's settings have the names that older set-ups know`() {
        let names = Set(Setting.all.map(\.name))
        #expect(
            names.isSuperset(of: [
                "SERVER_HOST", "SERVER_PORT", "DB_HOST", "DB_PORT", "DB_USER", "DB_PASSWORD", "DB_NAME", "DB_SSLMODE",
                "REDIS_ADDR", "REDIS_PASSWORD", "REDIS_DB", "LIK_DATA", "LIK_MODELS", "LIK_PACK", "LIK_LANGUAGE",
                "LIK_API_KEY", "LIK_HOSTS", "LIK_ERASE_AFTER", "LIK_ALGORITHM", "LIK_EPS", "LIK_MIN_SAMPLES",
                "LIK_METRIC",
            ]))
        #expect(names.count == Setting.all.count)
        #expect(
            Setting.all.filter(\.isSecret).map(\.name) == ["DB_PASSWORD", "REDIS_PASSWORD", "LIK_API_KEY", "LIK_KEY"])
    }

    @Test func `Where other servers are is read as they are used to being told`() throws {
        let wiring = Wiring(
            settings: try settings([
                "DB_HOST": "db.example", "DB_PORT": "5433", "DB_PASSWORD": "p", "DB_SSLMODE": "verify-full",
                "REDIS_ADDR": "redis.example:6380", "REDIS_DB": "3",
            ]))
        let database = try #require(try wiring.postgres())
        #expect(database.host == "db.example" && database.port == 5433 && database.user == "faceuser")
        #expect(database.password == "p" && database.database == "facedb" && database.tls == .verifyFull)
        let redis = try #require(try wiring.redis())
        #expect(redis.endpoint == .tcp(host: "redis.example", port: 6380) && redis.database == 3)
        let alone = Wiring(settings: try settings([:]))
        #expect(try alone.postgres() == nil)
        #expect(try alone.redis() == nil)
    }

    @Test(arguments: [
        ["DB_HOST": "a", "DB_PORT": "0"], ["DB_HOST": "a", "DB_SSLMODE": "maybe"], ["REDIS_ADDR": "a:b"],
        ["REDIS_ADDR": "a", "REDIS_DB": "-1"], ["LIK_SEARCH": "elsewhere"], ["LIK_SEARCH_BREADTH": "2000"],
    ])
    func `A place of another server that is none is said before anything starts`(given: [String: String]) throws {
        let wiring = Wiring(settings: try settings(given))
        #expect(throws: SettingsError.self) { try wiring.checkServer() }
    }

    @Test func `A server that is to search in the database needs one that several processes share`() throws {
        let wiring = Wiring(settings: try settings(["LIK_SEARCH": "database"]))
        #expect(throws: CommandError.needsPostgreSQL("LIK_SEARCH=database")) { try wiring.checkServer() }
        try Wiring(settings: try settings(["LIK_SEARCH": "database", "DB_HOST": "a"])).checkServer()
        // A command that compares two photos has a library of nothing.
        let search = try wiring.peopleSearch(store: wiring.emptyStore())
        #expect(search == nil)
    }

    @Test func `A password may stand in a file`() throws {
        let path = NSTemporaryDirectory() + "lik-secret-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try "from a file\n".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try settings(["DB_PASSWORD_FILE": path]).string(.databasePassword) == "from a file")
        #expect(
            try settings(["DB_PASSWORD_FILE": path, "DB_PASSWORD": "given"]).string(.databasePassword) == "given")
        #expect(throws: SettingsError.unreadableSecret("/nowhere")) { try settings(["DB_PASSWORD_FILE": "/nowhere"]) }
    }

    @Test func `The server's configuration is what the settings say`() throws {
        let wiring = Wiring(
            settings: try settings([
                "SERVER_PORT": "9", "SERVER_HOST": "::1", "LIK_LANGUAGE": "RU", "LIK_API_KEY": "k",
                "LIK_UPLOAD_FILES": "3", "LIK_ERASE_AFTER": "0",
            ]))
        let configuration = try wiring.serverConfiguration()
        #expect(configuration.port == 9 && configuration.host == "::1" && configuration.apiKey == "k")
        #expect(configuration.language == .russian && configuration.limits.filesPerRequest == 3)
        #expect(try wiring.libraryOptions().eraseAfter == .zero)
    }
}
