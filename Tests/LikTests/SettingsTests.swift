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
