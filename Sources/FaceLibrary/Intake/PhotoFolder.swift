import FaceCore
import Foundation
import Imaging

/// Lists the photos under files and folders that a user named.
///
/// A folder's file counts when its first bytes are those of a photo, or when its name ends like a photo's (a broken
/// photo should be reported, not passed over). Other files, hidden files and hidden folders are left out. A file that is
/// named itself always counts.
public struct PhotoFolder: Sendable {
    public let isRecursive: Bool

    public init(isRecursive: Bool = true) {
        self.isRecursive = isRecursive
    }

    /// The photos under the paths, each once, in the order of their paths.
    ///
    /// - Throws: `PhotoIntakeError.noSuchPath` for a path that does not exist, `.unreadableFolder` for a named folder that
    ///   cannot be listed. A folder further down that cannot be listed is passed to `unreadable` and left out.
    public func photos(
        in paths: [String], unreadable: (PhotoIntakeError) -> Void = { _ in }
    ) throws(PhotoIntakeError) -> [PhotoFile] {
        var found: [PhotoFile] = []
        var seen: Set<String> = []
        for path in paths {
            guard let absolute = Self.resolved(path) else { throw .noSuchPath(path) }
            if Self.isFolder(absolute) {
                try list(absolute, named: path, into: &found, seen: &seen, unreadable: unreadable)
            } else if seen.insert(absolute).inserted {
                found.append(PhotoFile(path: absolute, name: (absolute as NSString).lastPathComponent))
            }
        }
        return found
    }

    private func list(
        _ root: String, named: String, into found: inout [PhotoFile], seen: inout Set<String>,
        unreadable: (PhotoIntakeError) -> Void
    ) throws(PhotoIntakeError) {
        // Folders still to be listed, as paths relative to the root; the real paths guard against links in a circle.
        var pending = [""]
        var listed: Set<String> = [root]
        while let relative = pending.popLast() {
            let folder = relative.isEmpty ? root : root + "/" + relative
            let names: [String]
            do {
                names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            } catch {
                let reason = String(cString: strerror(errno))
                guard !relative.isEmpty else { throw .unreadableFolder(named, reason: reason) }
                unreadable(.unreadableFolder(folder, reason: reason))
                continue
            }
            // Copies that were drawn are no photos to look for faces on.
            if names.contains(AnnotatedFolder.marker) { continue }
            var subfolders: [String] = []
            for name in names where !name.hasPrefix(".") {
                let inside = relative.isEmpty ? name : relative + "/" + name
                let path = root + "/" + inside
                if Self.isFolder(path) {
                    guard isRecursive, let real = Self.resolved(path), listed.insert(real).inserted else { continue }
                    subfolders.append(inside)
                } else if Self.looksLikePhoto(path), seen.insert(path).inserted {
                    found.append(PhotoFile(path: path, name: inside))
                }
            }
            pending.append(contentsOf: subfolders.reversed())
        }
    }

    private static let photoNameEndings: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "avif", "tif", "tiff", "gif", "bmp", "ppm", "pgm",
        "pbm", "pnm", "jp2", "j2k", "jpx",
    ]

    private static func looksLikePhoto(_ path: String) -> Bool {
        if photoNameEndings.contains((path as NSString).pathExtension.lowercased()) { return true }
        guard let file = fopen(path, "re") else { return false }
        defer { fclose(file) }
        var head = [UInt8](repeating: 0, count: PhotoFormat.signatureLength)
        let count = fread(&head, 1, head.count, file)
        return (try? PhotoFormat(firstBytes: Array(head.prefix(count)))) != nil
    }

    private static func isFolder(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
