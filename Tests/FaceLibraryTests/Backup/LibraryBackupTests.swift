import FaceCore
import FaceStore
import Foundation
import Testing

@testable import FaceLibrary

@Suite(.timeLimit(.minutes(2))) struct LibraryBackupTests {
    private struct BrokenOff: UserFacingError, Equatable {
        let message = "broken off"
    }

    /// A folder that is gone with the value.
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("lik-backup-\(UUID().uuidString)")

        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(at: url) }

        var file: String { url.appendingPathComponent("library.tar").path }
        var folders: LibraryFolders { LibraryFolders(data: url.appendingPathComponent("data")) }
        var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: url.path).sorted()) ?? [] }
    }

    private func opened(_ path: String) throws -> any LibraryStore { try SQLiteLibraryStore(path: path) }

    private func backup(_ test: TestLibrary) -> LibraryBackup {
        LibraryBackup(of: test.store, folders: test.library.folders, program: "1", open: opened)
    }

    private func restore(_ folder: Folder, from file: String? = nil) -> LibraryRestore {
        LibraryRestore(from: file ?? folder.file, folders: folder.folders, open: opened)
    }

    /// Photos that are done and one that waits.
    private func filled() async throws -> TestLibrary {
        let test = try TestLibrary()
        try await test.work(off: try test.upload([[TestLibrary.red], [TestLibrary.red, TestLibrary.blue]]))
        try test.upload([[TestLibrary.green]], seed: 77)
        return test
    }

    private func bytes(of folders: LibraryFolders, _ names: [String]) throws -> [Data] {
        try names.map { try Data(contentsOf: folders.uploads.appendingPathComponent($0)) }
    }

    @Test func `What is restored is on disk with its folders before it takes its place`() async throws {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        _ = try backup(test).write(to: folder.file)
        var restore = restore(folder)
        var done: [String: Int] = [:]
        restore.synchronize = { place in
            #expect(place.path.contains("/restoring"))
            let entries = try? FileManager.default.contentsOfDirectory(atPath: place.path)
            done[place.lastPathComponent] = entries?.count ?? 0
        }
        _ = try restore.run(into: try SQLiteLibraryStore.inMemory())
        for task in Set(test.uploads.map { String($0.split(separator: "/")[0]) }) {
            #expect(done[task] == test.uploads.count { $0.hasPrefix(task) })
        }
    }

    @Test func `What is restored is what was backed up, files and work that waits included`() async throws {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        let written = try backup(test).write(to: folder.file)
        #expect(written.files == 3 && written.counts.photos == 2)
        #expect(written.counts.faces == 3 && written.counts.persons == 2)
        #expect(written.lostFiles.isEmpty)
        #expect(folder.names == ["library.tar"])
        #expect(try restore(folder).check() == written)

        let store = try SQLiteLibraryStore.inMemory()
        #expect(try restore(folder).run(into: store) == written)
        #expect(try LibraryDump(of: store) == LibraryDump(of: test.store))
        #expect(try !LibraryCopy.isUnfinished(store))
        #expect(try bytes(of: folder.folders, test.uploads) == bytes(of: test.library.folders, test.uploads))
        #expect(try LibraryInspection(store: store, folders: folder.folders).findings().isEmpty)
        // What waited can be worked on.
        #expect(try store.queue.claim(worker: "a", lease: .seconds(60)) != nil)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.folders.data.path)
        #expect(!left.contains("restoring"))
    }

    @Test func `What comes in while a backup is made is not half in it`() async throws {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        let dump = try LibraryDump(of: test.store)
        var isChanged = false
        let written = try backup(test).write(to: folder.file) { progress in
            guard !isChanged, case .rows = progress else { return }
            isChanged = true
            // By somebody else: this thread is in the middle of reading.
            let isUploaded = DispatchSemaphore(value: 0)
            Thread {
                _ = try? test.upload([[TestLibrary.blue]], seed: 99)
                isUploaded.signal()
            }.start()
            isUploaded.wait()
        }
        #expect(isChanged && written.files == 3 && test.uploads.count == 4)
        let store = try SQLiteLibraryStore.inMemory()
        _ = try restore(folder).run(into: store)
        #expect(try LibraryDump(of: store) == dump)
        #expect(try LibraryInspection(store: store, folders: folder.folders).findings().isEmpty)
    }

    @Test func `Photos that are deleted while a backup is made are in it, and are removed afterwards`() async throws {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        let photo = try #require(try test.store.photos.photos(after: nil, limit: 1).first)
        let written = try backup(test).write(to: folder.file) { progress in
            guard case .files(1) = progress else { return }
            try test.store.photos.forget(photo.id)
            #expect(try test.eraser().clean() == 0)
        }
        #expect(written.files == 3 && written.lostFiles.isEmpty)
        #expect(test.uploads.count == 3)
        #expect(try test.eraser().clean() == 1)
        #expect(test.uploads.count == 2)
    }

    @Test func `A photo whose file is gone is named, and the rest is backed up`() async throws {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        let gone = test.uploads[0]
        try FileManager.default.removeItem(at: test.library.folders.uploads.appendingPathComponent(gone))
        let written = try backup(test).write(to: folder.file)
        #expect(written.files == 2 && written.lostFiles == [gone])
        let store = try SQLiteLibraryStore.inMemory()
        #expect(try restore(folder).run(into: store).lostFiles == [gone])
    }

    @Test func `A backup that is broken off leaves nothing, and none is written over another file`() async throws {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        #expect(throws: BrokenOff()) {
            try backup(test).write(to: folder.file) { if case .files(2) = $0 { throw BrokenOff() } }
        }
        #expect(folder.names.isEmpty)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.file))
        #expect(throws: LibraryError.exportExists(path: folder.file)) { try backup(test).write(to: folder.file) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == Data("mine".utf8))
    }

    @Test func `Nothing is restored over a library or over photos`() async throws {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        _ = try backup(test).write(to: folder.file)
        let dump = try LibraryDump(of: test.store)
        let over = LibraryRestore(from: folder.file, folders: test.library.folders, open: opened)
        #expect(throws: BackupError.libraryExists) { try over.run(into: test.store) }
        #expect(throws: BackupError.filesExist(path: test.library.folders.uploads.path)) {
            try over.run(into: SQLiteLibraryStore.inMemory())
        }
        #expect(try LibraryDump(of: test.store) == dump)
        #expect(test.uploads.count == 3)
    }

    @Test func `A backup that lost its end is refused wherever it was cut, and leaves nothing`() async throws {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        _ = try backup(test).write(to: folder.file)
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        let cut = folder.url.appendingPathComponent("cut.tar").path
        let manifest = try #require(whole.range(of: Data("manifest.json".utf8), options: .backwards)).lowerBound
        for length in [1000, whole.count / 2, manifest - 1, manifest, manifest + 600] {
            try whole.prefix(length).write(to: URL(fileURLWithPath: cut))
            let store = try SQLiteLibraryStore.inMemory()
            #expect(throws: BackupError.truncated(path: cut), "cut after \(length)") {
                try restore(folder, from: cut).run(into: store)
            }
            #expect(try LibraryCopy.isEmpty(store))
            #expect(!FileManager.default.fileExists(atPath: folder.folders.data.path + "/restoring"))
        }
        #expect(try LibraryInspection(store: test.store, folders: folder.folders).findings().filesWithoutRow.isEmpty)
    }

    @Test func `A backup in which a byte was changed is refused`() async throws {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        _ = try backup(test).write(to: folder.file)
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        let sums = try #require(whole.range(of: Data("SHA256SUMS".utf8), options: .backwards)).lowerBound
        let schema = try #require(whole.range(of: Data("\"files\"".utf8), options: .backwards)).lowerBound
        // In the database, in a photo, in the list, in the manifest's numbers.
        let photo = try #require(whole.range(of: Data("uploads/".utf8), options: .backwards, in: 0..<sums)).lowerBound
        for place in [5000, photo + 600, sums + 700, schema + 10] {
            var changed = whole
            changed[place] = changed[place] == 0x31 ? 0x32 : 0x31
            let file = folder.url.appendingPathComponent("changed.tar")
            try changed.write(to: file)
            #expect("changed at \(place)") {
                try restore(folder, from: file.path).run(into: SQLiteLibraryStore.inMemory())
            } throws: { error in
                guard case BackupError.changed = error else { return false }
                return true
            }
        }
    }

    @Test func `What is no backup is refused`() throws {
        let folder = try Folder()
        #expect(throws: BackupError.unreadable(path: folder.file, reason: "no such file or directory")) {
            try restore(folder).check()
        }
        for content in ["", "no tar at all", String(repeating: "x", count: 20_000)] {
            try Data(content.utf8).write(to: URL(fileURLWithPath: folder.file))
            #expect(throws: BackupError.notABackup(path: folder.file)) { try restore(folder).check() }
        }
    }

    @Test func `Half of a copy, or of another backup, is not taken for a restoration that was broken off`() async throws
    {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        _ = try backup(test).write(to: folder.file)
        try folder.folders.create()
        let original = folder.folders.uploads.appendingPathComponent("original")
        try Data([1]).write(to: original)
        for purpose in [LibraryCopy.plain, "restore of another backup"] {
            let store = try SQLiteLibraryStore.inMemory()
            try LibraryCopy(from: test.store, to: store, purpose: purpose).reserve()
            #expect(throws: BackupError.libraryExists) { try restore(folder).run(into: store) }
            #expect(FileManager.default.fileExists(atPath: original.path))
        }
    }

    @Test func `A restoration that was broken off begins anew`() async throws {
        let test = try await filled()
        defer { test.remove() }
        let folder = try Folder()
        let manifest = try backup(test).write(to: folder.file)
        let store = try SQLiteLibraryStore.inMemory()
        #expect(throws: BrokenOff()) {
            try restore(folder).run(into: store) { if $0 == 2 { throw BrokenOff() } }
        }
        #expect(try LibraryCopy.isEmpty(store))
        // As if the process had died after the files took their place.
        try LibraryCopy(from: test.store, to: store, purpose: "restore \(manifest.sums)").reserve()
        let stray = folder.folders.uploads.appendingPathComponent("half")
        try FileManager.default.createDirectory(at: stray, withIntermediateDirectories: true)
        _ = try restore(folder).run(into: store)
        #expect(try LibraryDump(of: store) == LibraryDump(of: test.store))
        #expect(!FileManager.default.fileExists(atPath: stray.path))
    }
}
