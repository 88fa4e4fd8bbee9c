public import FaceCore
public import FaceStore
import Foundation

/// The address of a picture below `/uploads/`: `FOLDER/FILE`, safe in URLs, without a prefix.
///
/// `FOLDER` is the task with which a photo was uploaded, or `library` for photos that were never uploaded but scanned
/// where they lie. `FILE` is the name of the original, `PHOTO.jpg` in `library`, `annotated-PHOTO.jpg` for the photo with
/// boxes and names, `face-FACE.jpg` for one face.
public enum PicturePath: Sendable, Hashable {
    /// An uploaded file by its stored name, and its format as the name tells it.
    case upload(storedName: String, PhotoFormat)
    case scanned(PhotoID)
    case annotated(PhotoID, folder: String)
    case face(FaceID, folder: String)

    static let scannedFolder = "library"

    /// Nil when the components are no picture's address: nothing but names that Lik gives itself is let through.
    public init?(_ components: [String]) {
        guard components.count == 2 else { return nil }
        let (folder, file) = (components[0], components[1])
        let isTask = TaskID(uuidString: folder).map { $0.name == folder } ?? false
        guard isTask || folder == Self.scannedFolder else { return nil }
        let parts = file.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let format = PhotoFormat(fileEnding: parts[1]) else { return nil }
        if let number = Self.number(in: parts[0], after: "annotated-") {
            self = .annotated(PhotoID(number), folder: folder)
        } else if let number = Self.number(in: parts[0], after: "face-") {
            self = .face(FaceID(number), folder: folder)
        } else if isTask, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), !parts[0].isEmpty {
            self = .upload(storedName: "\(folder)/\(file)", format)
        } else if !isTask, let number = Self.number(in: parts[0], after: "") {
            self = .scanned(PhotoID(number))
        } else {
            return nil
        }
    }

    private static func number(in text: String, after prefix: String) -> Int64? {
        guard text.hasPrefix(prefix), let number = Int64(text.dropFirst(prefix.count)), number > 0 else { return nil }
        // One address a picture: no sign, no leading zeros.
        return prefix + String(number) == text ? number : nil
    }
}

extension StoredPhoto {
    /// `TASK/FILE` of the photo as it came.
    public var originalPath: String {
        upload?.storedName ?? "\(PicturePath.scannedFolder)/\(id).\(metadata?.format.fileEnding ?? "jpg")"
    }

    /// `TASK/FILE` of the photo with all boxes and names drawn on it.
    public var annotatedPath: String { "\(pictureFolder)/annotated-\(id).jpg" }

    var pictureFolder: String {
        upload?.storedName.split(separator: "/").first.map(String.init) ?? PicturePath.scannedFolder
    }
}

extension ListedFace {
    /// `TASK/FILE` of a square picture of the face alone.
    public var picturePath: String { "\(photo.pictureFolder)/face-\(id).jpg" }
}
