import Crypto
import FaceCore
import FaceStore
import Foundation
import Imaging

/// The pictures of the library: originals as they are, and what is drawn of them, which is made when it is first asked
/// for and kept in files until what it shows changes.
///
/// Calls block: on the disk, and while a picture is drawn. At most two are drawn at a time, so that a page full of
/// thumbnails neither takes all cores nor all memory.
public final class Pictures: Sendable {
    private let store: any LibraryStore
    private let folders: LibraryFolders
    private let originals: OriginalFiles
    private let drawing: PictureDrawing
    /// A photo is drawn under the lock of its id, so that two who ask for the same picture do not both make it.
    private let turns = [DrawingTurn(), DrawingTurn()]

    init(store: any LibraryStore, folders: LibraryFolders, decoder: PhotoDecoder, memory: MemoryBudget) {
        self.store = store
        self.folders = folders
        originals = OriginalFiles(store: store, folders: folders)
        drawing = PictureDrawing(decoder: decoder, memory: memory)
    }

    /// The widths in which pictures are kept, in pixels. A width in between gives the next larger one, so that nobody can
    /// fill the disk by asking for all.
    public static let widths = [64, 96, 160, 240, 320, 480, 640, 960, 1280, 1920, 2560]

    /// The picture at an address below `/uploads/`.
    ///
    /// - Parameters:
    ///   - path: the parts of the address, decoded.
    ///   - width: pixels; the picture is made at least so wide, but never wider than it is. Nil: as it is.
    /// - Throws: `LibraryError.unknownPicture` for whatever is no picture of the library, `.pictureNotDrawn`, `.store`.
    public func file(at path: [String], width: Int? = nil) throws(LibraryError) -> PictureFile {
        guard let path = PicturePath(path) else { throw .unknownPicture }
        let width = width.map { width in Self.widths.first { $0 >= width } ?? 2560 }
        switch path {
        case .upload(let storedName, let format):
            return try original(storedName: storedName, format: format, width: width)
        case .scanned(let id):
            guard let photo = try photo(id), photo.upload == nil else { throw .unknownPicture }
            return try original(of: photo, width: width)
        case .annotated(let id, let folder):
            guard let photo = try photo(id), photo.pictureFolder == folder else { throw .unknownPicture }
            return try annotated(photo, width: width)
        case .face(let id, let folder):
            guard let stored = try storing({ () throws(FaceStoreError) in try store.faces.face(id) }),
                let photo = try photo(stored.photo), photo.pictureFolder == folder
            else { throw .unknownPicture }
            return try face(stored, on: photo, width: width ?? 160)
        }
    }

    /// Removes what was drawn of a photo.
    func forget(_ id: PhotoID) {
        turn(of: id).run { try? FileManager.default.removeItem(at: folder(of: id)) }
    }

    // MARK: Kinds of pictures

    private func original(storedName: String, format: PhotoFormat, width: Int?) throws(LibraryError) -> PictureFile {
        let isNeeded = try storing { () throws(FaceStoreError) in try store.removals.isNeeded(storedName) }
        guard isNeeded else { throw .unknownPicture }
        let photo = try storing { () throws(FaceStoreError) in try store.photos.photo(storedAs: storedName) }
        // Before it was analysed nothing is drawn of it.
        if let photo, photo.state.isAnalyzed, width != nil { return try original(of: photo, width: width) }
        return try PictureFile(url(storedName), contentType: format.mediaType, isImmutable: true)
    }

    private func original(of photo: StoredPhoto, width: Int?) throws(LibraryError) -> PictureFile {
        guard let metadata = photo.metadata else { throw .unknownPicture }
        let source = try originals.file(of: photo)
        guard let width, width < metadata.width else {
            return try PictureFile(
                source, contentType: metadata.format.mediaType, isImmutable: photo.upload != nil)
        }
        return try kept("w\(width).jpg", of: photo.id, isImmutable: true) { () throws(LibraryError) in
            try self.drawing.reduced(source, width: width)
        }
    }

    private func annotated(_ photo: StoredPhoto, width: Int?) throws(LibraryError) -> PictureFile {
        let source = try originals.file(of: photo)
        // Who is on the photo may change while it is drawn: then what was drawn is thrown away, as it may show somebody
        // who has just been erased.
        for _ in 0..<3 {
            let labels = try labels(on: photo.id)
            let key = Self.key(of: labels)
            let size = width.map { $0 < photo.metadata?.width ?? 0 ? "-w\($0)" : "" } ?? ""
            let file = try kept("annotated-\(key)\(size).jpg", of: photo.id, isImmutable: false) {
                () throws(LibraryError) in
                self.removeAnnotated(of: photo.id, except: key)
                return try self.drawing.annotated(source, labels: labels, width: size.isEmpty ? nil : width)
            }
            if try Self.key(of: self.labels(on: photo.id)) == key { return file }
            try? FileManager.default.removeItem(at: file.url)
        }
        throw .unknownPicture
    }

    private func face(_ face: StoredFace, on photo: StoredPhoto, width: Int) throws(LibraryError) -> PictureFile {
        let source = try originals.file(of: photo)
        return try kept("face-\(face.id)-w\(width).jpg", of: photo.id, isImmutable: true) { () throws(LibraryError) in
            try self.drawing.face(source, box: face.face.box, width: width)
        }
    }

    // MARK: Files

    /// A picture in the folder of what was drawn of a photo; drawn when it is not there.
    private func kept(
        _ name: String, of id: PhotoID, isImmutable: Bool, draw: () throws(LibraryError) -> [UInt8]
    ) throws(LibraryError) -> PictureFile {
        let folder = folder(of: id)
        let file = folder.appendingPathComponent(name)
        func present() -> PictureFile? {
            try? PictureFile(file, contentType: PhotoFormat.jpeg.mediaType, isImmutable: isImmutable)
        }
        if let picture = present() { return picture }
        return try turn(of: id).run { () throws(LibraryError) in
            if let picture = present() { return picture }
            let bytes = try draw()
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                try Data(bytes).write(to: file, options: .atomic)
            } catch {
                throw LibraryError(code: errno, path: file.path)
            }
            guard let picture = present() else { throw .unknownPicture }
            return picture
        }
    }

    /// Where a photo lies by now.
    ///
    /// - Throws: `LibraryError.unknownPicture` when its file is gone or another one.
    func source(of photo: StoredPhoto) throws(LibraryError) -> URL { try originals.file(of: photo) }

    private func removeAnnotated(of id: PhotoID, except key: String) {
        let folder = folder(of: id)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasPrefix("annotated-") && !name.hasPrefix("annotated-\(key)") {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
    }

    private func photo(_ id: PhotoID) throws(LibraryError) -> StoredPhoto? {
        let photo = try storing { () throws(FaceStoreError) in try store.photos.photo(id) }
        return photo?.state.isAnalyzed == true ? photo : nil
    }

    private func labels(on id: PhotoID) throws(LibraryError) -> [PictureLabel] {
        try storing { () throws(FaceStoreError) in
            let faces = try store.faces.listed(on: id)
            let names = try store.names(of: faces)
            return faces.map { face in
                PictureLabel(box: face.box, person: face.person, name: face.person.flatMap { names[$0] })
            }
        }
    }

    private static func key(of labels: [PictureLabel]) -> String {
        var text = "1"
        for label in labels { text += "\u{0}\(label.box)\u{0}\(label.person?.rawValue ?? 0)\u{0}\(label.name ?? "")" }
        return SHA256.hash(data: Data(text.utf8)).prefix(8).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }
        .joined()
    }

    private func url(_ storedName: String) -> URL { folders.uploads.appendingPathComponent(storedName) }

    private func folder(of id: PhotoID) -> URL {
        folders.drawn.appendingPathComponent(id.description, isDirectory: true)
    }

    private func turn(of id: PhotoID) -> DrawingTurn { turns[Int(id.rawValue % Int64(turns.count))] }
}
