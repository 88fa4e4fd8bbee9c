import CVips
public import FaceCore

extension Photo {
    /// The photo as a JPEG file without metadata; readers take it for sRGB.
    ///
    /// - Parameter quality: 1 to 100; from about 88 on a difference is hard to see.
    /// - Throws: `ImagingError.notEncoded`, as for a side of more than 65,500 pixels.
    public func jpeg(quality: Int = 88) throws(ImagingError) -> [UInt8] {
        try encoded(as: .jpeg) { lik_encode_jpeg($0, $1, $2, Int32(min(max(quality, 1), 100)), $3) }
    }

    /// The photo as a PNG file, without loss.
    ///
    /// - Throws: `ImagingError.notEncoded`.
    public func png() throws(ImagingError) -> [UInt8] {
        try encoded(as: .png, lik_encode_png)
    }

    private func encoded(
        as format: PhotoFormat,
        _ encode: (UnsafePointer<UInt8>?, Int32, Int32, UnsafeMutablePointer<Int>) -> UnsafeMutableRawPointer?
    ) throws(ImagingError) -> [UInt8] {
        try VipsLibrary.start()
        var length = 0
        guard let wide = Int32(exactly: width), let high = Int32(exactly: height),
            let data = pixels.withUnsafeBufferPointer({ encode($0.baseAddress, wide, high, &length) })
        else { throw .notEncoded(format) }
        defer { lik_free(data) }
        return Array(UnsafeRawBufferPointer(start: data, count: length))
    }
}
