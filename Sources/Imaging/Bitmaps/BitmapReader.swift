import FaceCore

/// A reader of our own for a format that libvips does not read, or not safely: first the header, then the pixels.
///
/// Every count is checked against the bytes that there are, so a hostile file costs no more than its size and the limit
/// on pixels.
protocol BitmapReader {
    var width: Int { get }
    var height: Int { get }

    /// The pixels. The caller has checked the size against its limits.
    ///
    /// - Throws: `ImagingError.truncated` or `.damaged`.
    func decoded() throws(ImagingError) -> Photo
}

extension BMPReader: BitmapReader {
    var width: Int { header.width }
    var height: Int { header.height }
}

extension AnymapReader: BitmapReader {}

extension PhotoFormat {
    /// Opens a file of a format that is read here; nil for those that libvips reads.
    ///
    /// - Throws: `ImagingError` when the header is of no use.
    func bitmapReader(_ bytes: [UInt8]) throws(ImagingError) -> (any BitmapReader)? {
        switch self {
        case .bmp: try BMPReader(bytes)
        case .ppm: try AnymapReader(bytes)
        default: nil
        }
    }
}
