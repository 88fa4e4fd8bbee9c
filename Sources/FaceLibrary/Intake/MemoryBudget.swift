import FaceCore

/// Bounds the memory that photos in work take, however many threads there are. Shared by all who decode photos in a
/// process.
///
/// A quarter of it is for the bytes of files, the rest for decoding. They are apart, so that nobody who holds a file and
/// waits to decode it keeps out somebody who could go on. What alone takes more than there is goes in alone.
public final class MemoryBudget: Sendable {
    /// Of photos with more pixels than this one is in work at a time.
    public static let largePhotoPixels = 50_000_000

    private let files: MemoryGate
    private let pixels: MemoryGate

    /// - Parameter bytes: an estimate of what all photos in work may take together; the models come on top.
    public init(bytes: Int = 1_000_000_000) {
        files = MemoryGate(limit: bytes / 4)
        pixels = MemoryGate(limit: bytes - bytes / 4)
    }

    /// Runs work that holds a file's bytes, when there is room for them.
    func holding<Value, Failure: Error>(
        fileOf byteCount: Int, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try files.taking(byteCount, body)
    }

    /// Runs work on a decoded photo, when there is room for it.
    ///
    /// - Parameters:
    ///   - header: what the photo's file says of its size.
    ///   - bytes: the file's bytes, which tell whether it is decoded line by line; without them the worst is assumed.
    func taking<Value, Failure: Error>(
        _ header: PhotoMetadata, bytes: [UInt8] = [], _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let count = header.width * header.height
        return try pixels.taking(
            count * Self.bytesPerPixel(header.format, bytes), isSingle: count > Self.largePhotoPixels, body)
    }

    /// The photo itself takes three bytes a pixel. What is decoded line by line takes little more; what is decoded as a
    /// whole is there twice, in the decoder's form (for JPEG three planes of 16-bit coefficients) and as the photo.
    static func bytesPerPixel(_ format: PhotoFormat, _ bytes: [UInt8]) -> Int {
        switch format {
        case .bmp, .ppm: 6
        case .jpeg: isBaselineJPEG(bytes) ? 6 : 12
        case .png: bytes.count > 28 && bytes[28] == 0 ? 6 : 12
        case .webp, .heic, .avif, .tiff, .gif, .jpeg2000: 12
        }
    }

    /// Whether the first frame header of a JPEG file is of a sequential one (ITU T.81, B.1.1.3: SOF0 and SOF1).
    private static func isBaselineJPEG(_ bytes: [UInt8]) -> Bool {
        var offset = 2
        while offset + 3 < bytes.count, bytes[offset] == 0xFF {
            switch bytes[offset + 1] {
            case 0xFF: offset += 1
            case 0xC0, 0xC1: return true
            case 0xC2...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF, 0xDA: return false
            default: offset += 2 + Int(bytes[offset + 2]) << 8 + Int(bytes[offset + 3])
            }
        }
        return false
    }
}
