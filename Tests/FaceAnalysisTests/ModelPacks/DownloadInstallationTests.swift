import FaceCore
import Foundation
import Testing

@testable import FaceAnalysis

@Suite struct DownloadInstallationTests {
    /// A fixture whose pack `first` is published by a server that behaves as told.
    private func fixture(
        _ behaviours: [LoopbackServer.Behaviour], knowsArchiveHash: Bool = true, size: Int = 400_000,
        serving other: [UInt8]? = nil
    ) throws -> (PackFixture, LoopbackServer) {
        var server: LoopbackServer?
        let fixture = try PackFixture(knowsArchiveHash: knowsArchiveHash, size: size) { archive in
            let started = try LoopbackServer(file: other ?? archive, behaviours: behaviours)
            server = started
            return try started.url("first.zip")
        }
        return (fixture, try #require(server))
    }

    private func partialSize(_ fixture: PackFixture) -> Int? {
        let path = fixture.store.root.appendingPathComponent(".downloads/first.zip.part").path
        return try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }

    @Test func `A pack is downloaded, checked and installed`() throws {
        let (fixture, server) = try fixture([.redirect])
        defer { server.stop() }
        var stages: [ModelPackProgress.Stage] = []
        let result = try fixture.installer.install(.named("first"), into: fixture.store) { progress in
            if stages.last != progress.stage { stages.append(progress.stage) }
        }
        #expect(result.pack.manifest.isVerified && !result.wasAlreadyInstalled)
        #expect(stages.contains(.checking) && stages.contains(.unpacking))
        #expect(partialSize(fixture) == nil)
        let requests = server.ranges.count
        #expect(try fixture.installer.install(.named("first"), into: fixture.store).wasAlreadyInstalled)
        #expect(server.ranges.count == requests)
    }

    @Test func `A cut connection is taken up where it stopped`() throws {
        let (fixture, server) = try fixture([.cutAfter(500_000)])
        defer { server.stop() }
        let result = try fixture.installer.install(.named("first"), into: fixture.store)
        #expect(result.pack.manifest.isVerified)
        #expect(server.ranges == [nil, "bytes=500000-"])
    }

    @Test func `A download that keeps being cut goes on at the next call, through a redirection too`() throws {
        let (fixture, server) = try fixture([.cutAfter(200_000), .cutAfter(100_000), .cutAfter(50_000), .redirect])
        defer { server.stop() }
        let received: Int64 = 350_000
        #expect {
            try fixture.installer.install(.named("first"), into: fixture.store)
        } throws: { error in
            guard case .interrupted(_, _, received) = error as? ModelPackError else { return false }
            return true
        }
        #expect(partialSize(fixture) == Int(received))
        #expect(fixture.store.installed().isEmpty)
        #expect(try fixture.installer.install(.named("first"), into: fixture.store).pack.manifest.isVerified)
        #expect(server.ranges.suffix(2) == ["bytes=350000-", "bytes=350000-"])
    }

    @Test func `A server that knows no ranges sends the file anew`() throws {
        let (fixture, server) = try fixture([.cutAfter(300_000), .ignoreRange])
        defer { server.stop() }
        #expect(try fixture.installer.install(.named("first"), into: fixture.store).pack.manifest.isVerified)
    }

    @Test func `A complete partial file is not fetched again, a foreign one is`() throws {
        let (fixture, server) = try fixture([])
        defer { server.stop() }
        let downloads = fixture.store.root.appendingPathComponent(".downloads")
        try FileManager.default.createDirectory(at: downloads, withIntermediateDirectories: true)
        let partial = downloads.appendingPathComponent("first.zip.part")
        try Data(fixture.archive).write(to: partial)
        #expect(try fixture.installer.install(.named("first"), into: fixture.store).pack.manifest.isVerified)
        #expect(server.ranges.isEmpty)

        try fixture.store.remove(packNamed: "first")
        // Of another file: the whole has the wrong hash, and is fetched once more from the beginning.
        try Data(repeating: 0, count: 1000).write(to: partial)
        #expect(try fixture.installer.install(.named("first"), into: fixture.store).pack.manifest.isVerified)
        #expect(server.ranges == ["bytes=1000-", nil])

        try fixture.store.remove(packNamed: "first")
        // Longer than the file: the server refuses the range.
        try Data(repeating: 0, count: fixture.archive.count + 5).write(to: partial)
        #expect(try fixture.installer.install(.named("first"), into: fixture.store).pack.manifest.isVerified)
    }

    @Test func `A file with the wrong hash is refused and not kept`() throws {
        let (fixture, server) = try fixture([], serving: [UInt8](repeating: 9, count: 100_000))
        defer { server.stop() }
        #expect(throws: ModelPackError.wrongHash(file: "first.zip")) {
            try fixture.installer.install(.named("first"), into: fixture.store)
        }
        #expect(partialSize(fixture) == nil)
        #expect(fixture.store.installed().isEmpty)
    }

    @Test func `An archive without a known hash is checked by its files' hashes`() throws {
        let (fixture, server) = try fixture([], knowsArchiveHash: false)
        defer { server.stop() }
        let pack = try fixture.installer.install(.named("first"), into: fixture.store).pack
        #expect(!pack.manifest.isVerified)
        #expect(pack.embedderModel == ModelID("first/rec_a"))
        #expect(try fixture.installer.install(.named("first"), into: fixture.store).wasAlreadyInstalled)

        let other = fixture.folder.appendingPathComponent("other.zip")
        try ArchiveWriter.write(
            [("det_a.onnx", [1]), ("rec_a.onnx", fixture.bytes("rec_a.onnx"))], as: .zip, to: other)
        let (strange, second) = try self.fixture(
            [], knowsArchiveHash: false, serving: [UInt8](try Data(contentsOf: other)))
        defer { second.stop() }
        #expect(throws: ModelPackError.wrongHash(file: "det_a.onnx")) {
            try strange.installer.install(.named("first"), into: strange.store)
        }
    }

    @Test func `A server that says no or nothing is unreachable within the time limit`() throws {
        for behaviour in [LoopbackServer.Behaviour.status(404), .status(503), .hang] {
            let (fixture, server) = try fixture([behaviour, behaviour])
            defer { server.stop() }
            let start = ContinuousClock.now
            #expect {
                try fixture.impatientInstaller.install(.named("first"), into: fixture.store)
            } throws: { error in
                guard case .unreachable = error as? ModelPackError else { return false }
                return true
            }
            #expect(start.duration(to: .now) < .seconds(10))
        }
    }

    @Test func `A download that stalls is given up and kept`() throws {
        let (fixture, server) = try fixture([.stallAfter(100_000), .stallAfter(0)])
        defer { server.stop() }
        let start = ContinuousClock.now
        #expect {
            try fixture.impatientInstaller.install(.named("first"), into: fixture.store)
        } throws: { error in
            guard case .interrupted(_, _, 100_000) = error as? ModelPackError else { return false }
            return true
        }
        #expect(start.duration(to: .now) < .seconds(15))
        #expect(partialSize(fixture) == 100_000)
    }

    @Test func `A closed port and an unknown name are unreachable at once`() throws {
        // The port of a server that is gone.
        let gone = try LoopbackServer(file: [])
        gone.stop()
        for address in [try gone.url("first.zip").absoluteString, "http://no-such-host.invalid/first.zip"] {
            let url = try #require(URL(string: address))
            let fixture = try PackFixture { _ in url }
            #expect {
                try fixture.impatientInstaller.install(.named("first"), into: fixture.store)
            } throws: { error in
                guard case .unreachable = error as? ModelPackError else { return false }
                return true
            }
            #expect(fixture.store.installed().isEmpty)
        }
    }
}
