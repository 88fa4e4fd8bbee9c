public import FaceCore

/// Why a file could not be made a photo, or a photo could not be drawn on or written.
public enum ImagingError: UserFacingError, Equatable {
    /// The file has no bytes at all.
    case emptyFile
    /// The bytes are of something else; nil when they look like nothing known.
    case notAPhoto(ForeignContent?)
    /// A picture, but of a format that is not read; the name of the format.
    case unsupportedFormat(String)
    /// The file ends before the photo does.
    case truncated(PhotoFormat)
    /// The photo's bytes contradict the format.
    case damaged(PhotoFormat)
    /// The photo would take more pixels than are allowed; `limit` is the number allowed for this kind of file.
    case tooManyPixels(width: Int, height: Int, limit: Int)
    /// A side is longer than any format that is written could hold.
    case sideTooLong(width: Int, height: Int, limit: Int)
    /// The file has more bytes than are allowed.
    case tooManyBytes(count: Int, limit: Int)
    /// The file system does not give the file out; the reason in the system's words.
    case unreadableFile(path: String, reason: String)
    /// A label's text could not be drawn.
    case textNotDrawn(String)
    /// The photo could not be encoded; the format.
    case notEncoded(PhotoFormat)
    /// libvips does not start on this machine.
    case libraryNotStarted

    public var message: String {
        switch self {
        case .emptyFile: "The file is empty."
        case .notAPhoto(let content?): "The file is not a photo: it looks like \(content.phrase)."
        case .notAPhoto(nil): "The file is not a photo."
        case .unsupportedFormat(let name): "\(name) pictures are not supported."
        case .truncated(let format): "The \(format.title) file is cut off: its end is missing."
        case .damaged(let format): "The \(format.title) file is damaged."
        case .tooManyPixels(let width, let height, let limit):
            "The photo is too large: \(width) × \(height) is \(Self.megapixels(width * height)) megapixels, "
                + "and at most \(Self.megapixels(limit)) are allowed."
        case .sideTooLong(let width, let height, let limit):
            "The photo is too large: \(width) × \(height), and a side may have at most \(limit) pixels."
        case .tooManyBytes(let count, let limit):
            "The file is too large: \(Self.megabytes(count)) MB, and at most \(Self.megabytes(limit)) MB are allowed."
        case .unreadableFile(_, let reason): "The file cannot be read: \(reason)."
        case .textNotDrawn(let text): "The label “\(text)” cannot be drawn: is a font installed?"
        case .notEncoded(let format): "The photo cannot be written as \(format.title)."
        case .libraryNotStarted: "The picture library libvips could not be started."
        }
    }

    /// With one decimal, where the number is small enough for it to matter.
    private static func megapixels(_ count: Int) -> String {
        let tenths = (count + 50_000) / 100_000
        return tenths < 1000 && tenths % 10 != 0 ? "\(tenths / 10).\(tenths % 10)" : "\((tenths + 5) / 10)"
    }

    private static func megabytes(_ count: Int) -> Int { (count + 999_999) / 1_000_000 }
}

extension PhotoFormat {
    /// The format's usual name.
    public var title: String {
        switch self {
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .webp: "WebP"
        case .heic: "HEIC"
        case .avif: "AVIF"
        case .tiff: "TIFF"
        case .gif: "GIF"
        case .bmp: "BMP"
        case .ppm: "PPM"
        case .jpeg2000: "JPEG 2000"
        }
    }
}
