import CVips
import FaceCore

/// A picture that libvips has open: its header has been read, its pixels have not.
///
/// It borrows the file's bytes and must be used and closed on one thread, so it lives within `withPicture` only.
struct VipsPicture {
    private let handle: OpaquePointer
    private let header: LikHeader

    /// Size once the orientation is applied.
    var width: Int { Int(header.orientation < 5 ? header.width : header.height) }
    var height: Int { Int(header.orientation < 5 ? header.height : header.width) }
    /// Of the picture as stored, before it is converted to RGB.
    var bytesPerPixel: Int { header.bytes_per_pixel }

    /// Opens a file's bytes with the loader of a format, whatever libvips would take them for.
    ///
    /// - Throws: `ImagingError.truncated` or `.damaged` when the header cannot be read, and what `body` throws.
    static func withPicture<Result>(
        _ bytes: [UInt8], format: PhotoFormat, _ body: (VipsPicture) throws(ImagingError) -> Result
    ) throws(ImagingError) -> Result {
        try VipsLibrary.start()
        guard let loader = format.loader else { throw .unsupportedFormat(format.title) }
        return try bytes.withUnsafeBufferPointer { (buffer) throws(ImagingError) -> Result in
            var header = LikHeader()
            guard let handle = lik_open(loader, buffer.baseAddress, buffer.count, &header) else {
                throw format.isCutOff(bytes) ? .truncated(format) : .damaged(format)
            }
            defer { lik_close(handle) }
            guard header.width > 0, header.height > 0 else { throw .damaged(format) }
            return try body(VipsPicture(handle: handle, header: header))
        }
    }

    /// The EXIF block; nil when there is none.
    var exif: [UInt8]? {
        var length = 0
        return Self.copy(lik_exif(handle, &length), length)
    }

    /// The embedded ICC profile; nil when there is none.
    private var profile: [UInt8]? {
        var length = 0
        return Self.copy(lik_profile(handle, &length), length)
    }

    private static func copy(_ data: UnsafeRawPointer?, _ length: Int) -> [UInt8]? {
        data.map { Array(UnsafeRawBufferPointer(start: $0, count: length)) }
    }

    /// Decodes straight into the photo's own memory; nil when the file is damaged.
    func decoded() -> Photo? {
        let count = 3 * width * height
        // Converting sRGB to sRGB would change nothing and take twice as long as decoding a JPEG does.
        let usesProfile = !(profile.map { ICCProfile(bytes: $0).isSRGB } ?? true)
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = lik_read(handle, usesProfile, buffer.baseAddress, count) ? count : 0
        }
        return pixels.isEmpty ? nil : Photo(width: width, height: height, pixels: pixels)
    }
}

extension PhotoFormat {
    /// nil for formats that libvips does not read itself.
    var loader: LikLoader? {
        switch self {
        case .jpeg: LIK_LOADER_JPEG
        case .png: LIK_LOADER_PNG
        case .webp: LIK_LOADER_WEBP
        case .heic, .avif: LIK_LOADER_HEIF
        case .tiff: LIK_LOADER_TIFF
        case .gif: LIK_LOADER_GIF
        case .jpeg2000: LIK_LOADER_JPEG2000
        case .bmp, .ppm: nil
        }
    }
}
