import Foundation
import Testing

/// `lik remote` with people that a real model pack knows; runs where photos and models are.
@Suite(
    .enabled("needs LIK_TEST_PHOTOS and LIK_TEST_DLIB_MODELS") {
        ProcessInfo.processInfo.environment["LIK_TEST_PHOTOS"] != nil
            && ProcessInfo.processInfo.environment["LIK_TEST_DLIB_MODELS"] != nil
    }
)
struct RemoteRealPhotosTests {
    @Test func `Somebody who was enrolled on the server is known from elsewhere, and a stranger is not`() throws {
        let environment = ProcessInfo.processInfo.environment
        let folder = try #require(environment["LIK_TEST_PHOTOS"]) + "/people"
        let people = Dictionary(grouping: try LabelledPhotos(folder: folder).entries.filter(\.isSingle), by: \.identity)
            .filter { $0.value.count >= 4 }.sorted { $0.key < $1.key }
        let photos = try #require(people.first).value.prefix(4).map { folder + "/" + $0.file }
        let stranger = folder + "/" + (try #require(people.last?.value.first)).file

        let lik = try LikProcess()
        defer { lik.remove() }
        let installed = try lik.run(
            "models", "install", try #require(environment["LIK_TEST_DLIB_MODELS"]), "--name", "dlib")
        try #require(installed.status == 0, "\(installed.errors)")
        let made = try lik.run("collections", "create", "Staff")
        try #require(made.status == 0, "\(made.errors)")
        let enrolled = try lik.run(["collections", "enrol", "Staff"] + photos.prefix(3) + ["--name", "Anna"])
        try #require(enrolled.status == 0, "\(enrolled.errors)")
        let server = try ServedLibrary(of: lik)
        defer { server.stop() }

        let known = try lik.run(
            ["remote", "identify", photos[3], "--collection", "Staff"], environment: server.environment)
        #expect(known.status == 0 && known.output.contains(": Anna (similarity 0."), "\(known.output)\(known.errors)")
        let unknown = try lik.run(
            ["remote", "identify", stranger, "--collection", "Staff"], environment: server.environment)
        #expect(unknown.output.contains("unknown, nearest Anna"), "\(unknown.output)\(unknown.errors)")
        let note = ["remote", "attendance", "note", photos[3], "--collection", "Staff", "--place", "door"]
        let noted = try lik.run(note, environment: server.environment)
        #expect(noted.status == 0 && noted.output.contains("Anna  (noted)\n"), "\(noted.output)\(noted.errors)")
        #expect(try lik.run(note, environment: server.environment).output.contains("Anna  (noted before)\n"))
        let listed = try lik.run(["remote", "attendance", "--place", "door"], environment: server.environment)
        #expect(listed.output.contains("  Anna  door  (until "), "\(listed.output)\(listed.errors)")
        #expect(listed.output.contains(", 2 sightings, similarity 0."))
        let table = try lik.run(["remote", "attendance", "--csv"], environment: server.environment)
        #expect(table.output.hasPrefix("id,person_id,person,") && table.output.contains(",Anna,"), "\(table.errors)")
        let nobody = try lik.run(["remote", "attendance", "--to", "2020-01-01"], environment: server.environment)
        #expect(nobody.output == "Nobody was seen.\n", "\(nobody.errors)")

        let same = try lik.run(["remote", "verify", photos[0], photos[3]], environment: server.environment)
        #expect(same.status == 0, "\(same.output)\(same.errors)")
        let different = try lik.run(["remote", "verify", photos[0], stranger], environment: server.environment)
        #expect(different.status == 1, "\(different.output)\(different.errors)")
    }
}
