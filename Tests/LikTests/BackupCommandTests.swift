import Foundation
import Testing

/// `lik backup`, `lik restore` and `lik copy` as a user runs them, on libraries without photos.
@Suite struct BackupCommandTests {
    private let lik: LikProcess

    init() throws {
        lik = try LikProcess()
    }

    private func at(_ name: String) -> [String: String] { ["LIK_DATA": lik.path(name)] }

    @Test func `A library goes into a file and comes back`() throws {
        defer { lik.remove() }
        let file = lik.path("library.tar")
        let early = try lik.run("backup", file, environment: at("a"))
        #expect(early.status == 1 && early.errors.contains("There is no library at"))
        #expect(try lik.run("migrate", environment: at("a")).status == 0)
        let backup = try lik.run("backup", file, environment: at("a"))
        #expect(backup.status == 0, "\(backup.errors)")
        #expect(backup.output.hasPrefix("0 photos, 0 faces, 0 people, 0 uploaded files of 0 "))
        let over = try lik.run("backup", file, environment: at("a"))
        #expect(over.status == 1 && over.errors.contains("exists already"))

        let checked = try lik.run("restore", "--check", file, environment: at("b"))
        #expect(checked.status == 0 && checked.output.contains("the backup is whole"))
        #expect(!FileManager.default.fileExists(atPath: lik.path("b")))
        let restored = try lik.run("restore", file, environment: at("b"))
        #expect(restored.status == 0 && restored.output.hasSuffix("restored.\n"), "\(restored.errors)")
        #expect(try lik.run("people", environment: at("b")).status == 0)
    }

    @Test func `What cannot be restored is told in a sentence`() throws {
        defer { lik.remove() }
        let file = lik.path("library.tar")
        #expect(try lik.run("migrate", environment: at("a")).status == 0)
        #expect(try lik.run("backup", file, environment: at("a")).status == 0)
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        for (content, words) in [
            (whole.prefix(whole.count / 2), "is not whole: its end is missing"), (Data("x".utf8), "is no backup"),
        ] {
            try content.write(to: URL(fileURLWithPath: file))
            let refused = try lik.run("restore", file, environment: at("b"))
            #expect(refused.status == 1 && refused.errors.contains(words), "\(refused.errors)")
        }
        let missing = try lik.run("restore", lik.path("none.tar"), environment: at("b"))
        #expect(missing.status == 1 && missing.errors.contains("cannot be read: no such file"))
    }

    @Test func `A copy says what it copies and refuses what contradicts itself`() throws {
        defer { lik.remove() }
        let (here, there) = ("sqlite:" + lik.path("a/lik.sqlite"), "sqlite:" + lik.path("b/lik.sqlite"))
        #expect(try lik.run("migrate", environment: at("a")).status == 0)
        let both = try lik.run("copy", "--from", here, "--to", there, "--no-files", "--files-to", lik.path("c"))
        #expect(both.status == 2 && both.errors.contains("--no-files"))
        let copy = try lik.run("copy", "--from", here, "--to", there, environment: at("a"))
        #expect(copy.status == 0 && copy.output.hasSuffix("The copy is equal to the library.\n"), "\(copy.errors)")
    }
}
