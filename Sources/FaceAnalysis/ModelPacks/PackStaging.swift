import FaceCore
import Foundation

/// A place in a store where a pack is put together before it takes its name; one at a time, in all processes.
///
/// What a killed installation left behind is cleared by the next one.
final class PackStaging {
    private let root: URL
    private let lock: Int32
    /// Empty at first; gone at the end of life, whatever happened.
    let folder: URL
    private let scratchFolder: URL
    /// Holds downloads that go on at the next call.
    let downloads: URL

    /// - Throws: `ModelPackError.busy` when another installation is at work.
    init(root: URL) throws(ModelPackError) {
        self.root = root
        folder = root.appendingPathComponent("\(Self.stagingPrefix)\(UUID().uuidString)")
        scratchFolder = root.appendingPathComponent("\(Self.stagingPrefix)\(UUID().uuidString)")
        downloads = root.appendingPathComponent(".downloads")
        try Self.makeFolder(root)
        let path = root.appendingPathComponent(".lock").path
        lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard lock >= 0 else { throw .writing(path, errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw .busy(path: root.path)
        }
        do throws(ModelPackError) {
            try clear()
            try Self.makeFolder(folder)
        } catch {
            close(lock)
            throw error
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
        try? FileManager.default.removeItem(at: scratchFolder)
        close(lock)
    }

    /// Another folder that goes when this one does: for what is not to be installed.
    func scratch() throws(ModelPackError) -> URL {
        try Self.makeFolder(scratchFolder)
        return scratchFolder
    }

    /// Gives the finished pack its name; a pack that has the name is replaced.
    func publish(_ manifest: ModelPackManifest, as destination: URL) throws(ModelPackError) {
        let bytes: Data
        do { bytes = try manifest.encoded() } catch { throw .damagedManifest(pack: manifest.name) }
        let file = try OutputFile(folder.appendingPathComponent(ModelPackManifest.fileName), .new)
        try file.write([UInt8](bytes))
        try file.synchronize()
        try Self.synchronizeFolder(folder)
        // The old pack steps aside under a name that `clear` gives back to it, should the process die right here.
        let replaced = root.appendingPathComponent(Self.replacedPrefix + destination.lastPathComponent)
        let replaces = FileManager.default.fileExists(atPath: destination.path)
        if replaces {
            guard rename(destination.path, replaced.path) == 0 else { throw .writing(destination.path, errno) }
        }
        guard rename(folder.path, destination.path) == 0 else {
            let code = errno
            if replaces { _ = rename(replaced.path, destination.path) }
            throw .writing(destination.path, code)
        }
        if replaces { try? FileManager.default.removeItem(at: replaced) }
        try Self.synchronizeFolder(root)
    }

    /// Deletes a pack: it loses its name in one step, then its files.
    func discard(_ pack: URL) throws(ModelPackError) {
        let grave = folder.appendingPathComponent(pack.lastPathComponent)
        guard rename(pack.path, grave.path) == 0 else { throw .writing(pack.path, errno) }
        try Self.synchronizeFolder(root)
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ url: URL) throws(ModelPackError) {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw .making(url, error)
        }
    }

    private static let stagingPrefix = ".staging-"
    private static let replacedPrefix = ".replaced-"

    /// Undoes what an installation that was killed has left: half-made packs go, a pack that had stepped aside for one
    /// that never took its place comes back.
    private func clear() throws(ModelPackError) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? [] {
            let url = root.appendingPathComponent(name)
            if name.hasPrefix(Self.replacedPrefix) {
                let original = root.appendingPathComponent(String(name.dropFirst(Self.replacedPrefix.count)))
                if !FileManager.default.fileExists(atPath: original.path) {
                    guard rename(url.path, original.path) == 0 else { throw .writing(original.path, errno) }
                    continue
                }
            } else if !name.hasPrefix(Self.stagingPrefix) {
                continue
            }
            do { try FileManager.default.removeItem(at: url) } catch { throw .making(url, error) }
        }
    }

    private static func synchronizeFolder(_ url: URL) throws(ModelPackError) {
        let descriptor = open(url.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .writing(url.path, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .writing(url.path, errno) }
    }
}

extension ModelPackError {
    /// What Foundation's error on making or deleting a folder means to people.
    static func making(_ url: URL, _ error: any Error) -> ModelPackError {
        switch (error as? CocoaError)?.code {
        case .fileWriteOutOfSpace?: .diskFull(path: url.path)
        case .fileWriteNoPermission?, .fileWriteVolumeReadOnly?: .notPermitted(path: url.path)
        default: .fileFailure(path: url.path, reason: "the folder could not be made or changed")
        }
    }
}
