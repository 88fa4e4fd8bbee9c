public import FaceCore

extension PhotoFormat {
    /// The Internet media type, such as `image/jpeg`.
    public var mediaType: String {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .webp: "image/webp"
        case .heic: "image/heic"
        case .avif: "image/avif"
        case .tiff: "image/tiff"
        case .gif: "image/gif"
        case .bmp: "image/bmp"
        case .ppm: "image/x-portable-anymap"
        case .jpeg2000: "image/jp2"
        }
    }

    /// What the names of its files end in.
    var fileEnding: String {
        switch self {
        case .jpeg: "jpg"
        case .jpeg2000: "jp2"
        case .ppm: "pnm"
        default: rawValue
        }
    }

    init?(fileEnding: String) {
        guard let format = Self.allCases.first(where: { $0.fileEnding == fileEnding }) else { return nil }
        self = format
    }
}
