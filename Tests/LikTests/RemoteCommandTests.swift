import Foundation
import Testing

/// `lik remote` against a server in a process of its own, on the tiny random models.
@Suite struct RemoteCommandTests {
    private let lik: LikProcess

    init() throws {
        lik = try LikProcess()
        try TinyPack.write(to: lik.home.appendingPathComponent("tiny"))
        let installed = try lik.run("models", "install", lik.path("tiny"))
        try #require(installed.status == 0, "\(installed.errors)")
        try TinyPack.correctDimension(in: lik.home.appendingPathComponent(".local/share/lik/models/tiny"), to: 32)
    }

    private func photo(_ name: String, seed: Int) throws -> String {
        let path = lik.path(name)
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try TinyPack.photo(width: 200, height: 160, seed: seed).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func served(_ environment: [String: String] = [:]) throws -> ServedLibrary {
        let own = ["LIK_DET_THRESH": "0.3", "LIK_MIN_SIZE": "1", "LIK_MAX_FACES": "2"]
        return try ServedLibrary(of: lik, environment: own.merging(environment) { $1 })
    }

    @Test func `A folder is uploaded, watched and looked into from elsewhere`() throws {
        defer { lik.remove() }
        let server = try served()
        defer { server.stop() }
        let first = try photo("album/one.ppm", seed: 1)
        _ = try photo("album/in it/два; 2.ppm", seed: 2)
        try Data("no photo".utf8).write(to: URL(fileURLWithPath: lik.path("album/broken.jpg")))
        let uploaded = try lik.run(["remote", "upload", lik.path("album")], environment: server.environment)
        #expect(uploaded.status == 3, "\(uploaded.errors)")
        #expect(uploaded.output.hasPrefix("3 photos, ") && !uploaded.output.contains(" 0 faces"))
        #expect(uploaded.errors.contains("broken.jpg"))

        let tasks = try lik.run(["remote", "tasks"], environment: server.environment)
        let task = String(try #require(tasks.output.split(separator: " ").first))
        #expect(tasks.output.contains("  completed  (3/3 photos, "))
        let watched = try lik.run(["remote", "watch", task], environment: server.environment)
        #expect(watched.status == 3 && watched.output.contains("completed"), "\(watched.errors)")
        let idle = try lik.run(["remote", "tasks", "--in-work"], environment: server.environment)
        #expect(idle.output == "There is no task in work.\n")

        let people = try lik.run(["remote", "people", "--limit", "1"], environment: server.environment)
        #expect(people.output.split(separator: "\n").count == 1 && people.output.contains("person_"))
        let identified = try lik.run(
            ["remote", "identify", first, "--limit", "2", "--json"], environment: server.environment)
        #expect(identified.status == 0, "\(identified.errors)")
        let documents = try JSONSerialization.jsonObject(with: Data(identified.output.utf8)) as? [[String: Any]]
        #expect((documents?.first?["faces"] as? [Any])?.isEmpty == false)
        let same = try lik.run(["remote", "verify", first, first], environment: server.environment)
        #expect(same.status == 0 && same.output.hasPrefix("The same person: similarity 1.000"), "\(same.errors)")
        let other = try lik.run(
            ["remote", "verify", first, lik.path("album/in it/два; 2.ppm"), "--threshold", "0"],
            environment: server.environment)
        #expect(other.status == 1 && other.output.hasPrefix("Different people: "), "\(other.errors)")
    }

    @Test func `What goes wrong is a sentence, and one bad photo does not stop the others`() throws {
        defer { lik.remove() }
        let server = try served()
        defer { server.stop() }
        let good = try photo("good.ppm", seed: 1)
        let bad = lik.path("bad.jpg")
        try Data("no photo".utf8).write(to: URL(fileURLWithPath: bad))
        let some = try lik.run(["remote", "identify", bad, "/nowhere.jpg", good], environment: server.environment)
        #expect(some.status == 3 && some.output.hasPrefix("\(good): "))
        #expect(some.errors.contains(bad) && some.errors.contains("“/nowhere.jpg” cannot be read."))
        let collection = try lik.run(
            ["remote", "identify", good, "--collection", "Staff"], environment: server.environment)
        #expect(collection.status == 1)
        #expect(collection.errors == "lik: The server has no collection with the number or the name “Staff”.\n")

        let keyless = try lik.run(["remote", "people", "--server", server.address])
        #expect(keyless.status == 1 && keyless.errors.hasPrefix("lik: ") && keyless.output.isEmpty)
        let keyFile = lik.path("key")
        try Data("\(server.key)\n".utf8).write(to: URL(fileURLWithPath: keyFile))
        let keyed = try lik.run(["remote", "people", "--server", server.address, "--key-file", keyFile])
        #expect(keyed.status == 0 && keyed.output == "There is nobody yet.\n", "\(keyed.errors)")
        let noAddress = try lik.run(["remote", "people", "--server", "photos.example"])
        #expect(noAddress.status == 1 && noAddress.errors.contains("is not the address of a server"))
        let noUpload = try lik.run(["remote", "upload"])
        #expect(noUpload.status == 2)
    }

    @Test func `What is larger than the server takes is named and left out, and the others are uploaded`() throws {
        defer { lik.remove() }
        let server = try served(["LIK_UPLOAD_FILE_BYTES": "100000", "LIK_UPLOAD_FILES": "1"])
        defer { server.stop() }
        for seed in 1...2 { _ = try photo("album/\(seed).ppm", seed: seed) }
        try Data(count: 100_001).write(to: URL(fileURLWithPath: lik.path("album/large.jpg")))
        let uploaded = try lik.run(["remote", "upload", lik.path("album")], environment: server.environment)
        #expect(uploaded.status == 3 && uploaded.output.hasPrefix("2 photos, "), "\(uploaded.errors)")
        #expect(uploaded.errors.contains("large.jpg” is larger than the server takes."))
        let tasks = try lik.run(["remote", "tasks"], environment: server.environment)
        #expect(tasks.output.split(separator: "\n").count == 2, "\(tasks.output)")
    }

    @Test func `When an upload is refused, the tasks of those before it are told`() throws {
        defer { lik.remove() }
        // A key that may not read is not told of the limits.
        let key = try lik.run("keys", "create", "Camera", "--scope", "write")
        try #require(key.status == 0, "\(key.errors)")
        let server = try served(["LIK_UPLOAD_FILE_BYTES": "1000"])
        defer { server.stop() }
        try FileManager.default.createDirectory(atPath: lik.path("album"), withIntermediateDirectories: true)
        for index in 100..<200 {
            try Data("no photo \(index)".utf8).write(to: URL(fileURLWithPath: lik.path("album/\(index).jpg")))
        }
        try Data(count: 1001).write(to: URL(fileURLWithPath: lik.path("album/large.jpg")))
        let environment = server.environment.merging(["LIK_KEY": key.output.trimmingCharacters(in: .newlines)]) { $1 }
        let uploaded = try lik.run(["remote", "upload", lik.path("album")], environment: environment)
        #expect(uploaded.status == 1 && uploaded.output.isEmpty, "\(uploaded.output)")
        let tasks = try lik.run(["remote", "tasks"], environment: server.environment)
        let task = String(try #require(tasks.output.split(separator: " ").first))
        #expect(uploaded.errors.contains("lik: Sent before: task \(task).\n"), "\(uploaded.errors)")
        #expect(uploaded.errors.contains("large.jpg"))
        let unwaited = try lik.run(["remote", "upload", lik.path("album"), "--no-wait"], environment: environment)
        #expect(unwaited.status == 1 && unwaited.output.split(separator: "\n").count == 1, "\(unwaited.errors)")
    }
}
