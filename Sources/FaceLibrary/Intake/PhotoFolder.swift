import FaceCore
import Foundation
import Imaging

/// Lists the photos under files and folders that a user named.
///
/// A folder's file counts when its first bytes are those of a photo, or when its name ends like a photo's (a broken
/// photo should be reported, not passed over). Other files, hidden files and hidden folders are left out, and so is what
/// is no file: a named pipe, a socket, a device. A file that is named itself always counts.
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
        let listing = try listing(of: paths)
        for error in listing.unreadable { unreadable(error) }
        return listing.files
    }

    /// The photos under the paths, and what a scan has to know besides.
    ///
    /// - Throws: `PhotoIntakeError.noSuchPath` for a path that does not exist, `.unreadableFolder` for a named folder that
    ///   cannot be listed.
    public func listing(of paths: [String]) throws(PhotoIntakeError) -> PhotoListing {
        var found = PhotoListing()
        var seen: Set<String> = []
        for path in paths {
            guard let absolute = Self.resolved(path) else { throw .noSuchPath(path) }
            if Self.kind(of: absolute) == S_IFDIR {
                found.folders.append(absolute)
                try list(absolute, named: path, into: &found, seen: &seen)
            } else {
                let file = try Self.file(named: path)
                if seen.insert(file.path).inserted { found.files.append(file) }
            }
        }
        return found
    }

    private func list(
        _ root: String, named: String, into found: inout PhotoListing, seen: inout Set<String>
    ) throws(PhotoIntakeError) {
        // Folders still to be listed: what they are called below the root, and where they really are, which guards
        // against links in a circle and gives a file one path, whatever links lead to it.
        var pending = [(relative: "", folder: root)]
        var listed: Set<String> = [root]
        while let (relative, folder) = pending.popLast() {
            let entries: [FolderEntry]
            do {
                entries = try FolderEntry.all(in: folder)
            } catch .unreadableFolder(_, let reason) where relative.isEmpty {
                throw .unreadableFolder(named, reason: reason)
            } catch {
                found.unreadable.append(error)
                continue
            }
            // Copies that were drawn are no photos to look for faces on.
            if entries.contains(where: { $0.name == AnnotatedFolder.marker }) { continue }
            var subfolders: [(relative: String, folder: String)] = []
            for entry in entries where entry.bytes.first != UInt8(ascii: ".") {
                let inside = (relative.isEmpty ? "" : relative + "/") + entry.readableName
                let path = Self.joined(folder, entry.readableName)
                guard let name = entry.name else {
                    list(nameless: entry, in: folder, as: PhotoFile(path: path, name: inside), into: &found)
                    continue
                }
                switch Self.kind(of: path) {
                case S_IFDIR:
                    guard isRecursive, let real = Self.resolved(path), listed.insert(real).inserted else { continue }
                    subfolders.append((inside, real))
                case S_IFREG:
                    guard Self.looksLikePhoto(path, named: name), seen.insert(path).inserted else { continue }
                    found.files.append(PhotoFile(path: path, name: inside))
                default: continue
                }
            }
            pending.append(contentsOf: subfolders.reversed())
        }
    }

    /// A name that is no text cannot be kept in the library or said in JSON, so what has it is reported and not read.
    private func list(
        nameless entry: FolderEntry, in folder: String, as file: PhotoFile, into found: inout PhotoListing
    ) {
        let path = (Array(Self.joined(folder, "").utf8) + entry.bytes + [0]).map { CChar(bitPattern: $0) }
        path.withUnsafeBufferPointer { buffer in
            guard let path = buffer.baseAddress else { return }
            switch Self.kind(of: path) {
            case S_IFDIR:
                guard isRecursive else { return }
                found.unreadable.append(
                    .unreadableFolder(file.path, reason: "its name is not valid UTF-8; rename it"))
            case S_IFREG:
                guard Self.looksLikePhoto(path, named: entry.readableName) else { return }
                found.files.append(PhotoFile(path: file.path, name: file.name, defect: .unreadableName))
            default: return
            }
        }
    }

    /// A file that was named itself: the links of its folders are resolved, but it keeps its own name.
    private static func file(named path: String) throws(PhotoIntakeError) -> PhotoFile {
        let name = (path as NSString).lastPathComponent
        let parent = (path as NSString).deletingLastPathComponent
        guard let folder = resolved(parent.isEmpty ? "." : parent) else { throw .noSuchPath(path) }
        return PhotoFile(path: joined(folder, name), name: name)
    }

    private static func joined(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    private static let photoNameEndings: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "avif", "tif", "tiff", "gif", "bmp", "ppm", "pgm",
        "pbm", "pnm", "jp2", "j2k", "jpx",
    ]

    private static func looksLikePhoto(_ path: UnsafePointer<CChar>, named name: String) -> Bool {
        if photoNameEndings.contains((name as NSString).pathExtension.lowercased()) { return true }
        // Non-blocking: what was a file a moment ago may have become a named pipe.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return false }
        defer { close(file) }
        var head = [UInt8](repeating: 0, count: PhotoFormat.signatureLength)
        let count = read(file, &head, head.count)
        guard count > 0 else { return false }
        return (try? PhotoFormat(firstBytes: Array(head.prefix(count)))) != nil
    }

    /// `S_IFREG`, `S_IFDIR`, …, of what a link leads to; nil when nothing is there.
    private static func kind(of path: UnsafePointer<CChar>) -> mode_t? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return status.st_mode & S_IFMT
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
