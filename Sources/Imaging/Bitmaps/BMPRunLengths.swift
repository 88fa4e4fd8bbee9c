import FaceCore

/// The run-length coding of BMP, of bytes (RLE8) or half bytes (RLE4): pairs of a count and a value, and escapes.
struct BMPRunLengths {
    let bytes: [UInt8]
    let offset: Int
    let width: Int
    let height: Int
    let isNibbles: Bool

    /// The palette index of each pixel, row by row in the file's order; 0 where the file jumps over pixels.
    ///
    /// - Throws: `ImagingError.truncated` when the bytes end before the picture does.
    func decoded() throws(ImagingError) -> [UInt8] {
        var indices = [UInt8](repeating: 0, count: width * height)
        var x = 0
        var row = 0
        var position = offset
        func next() throws(ImagingError) -> UInt8 {
            guard position >= 0, position < bytes.count else { throw .truncated(.bmp) }
            defer { position += 1 }
            return bytes[position]
        }
        /// What a run puts beyond a row's end is dropped.
        func put(_ index: UInt8) {
            if x < width, row < height { indices[row * width + x] = index }
            x += 1
        }
        while row < height {
            let count = try next()
            let value = try next()
            switch (count, value) {
            case (0, 0):
                x = 0
                row += 1
            case (0, 1):
                return indices
            case (0, 2):
                x += Int(try next())
                row += Int(try next())
            case (0, _):
                let size = isNibbles ? (Int(value) + 1) / 2 : Int(value)
                for index in 0..<size {
                    let byte = try next()
                    if isNibbles {
                        put(byte >> 4)
                        if 2 * index + 1 < Int(value) { put(byte & 15) }
                    } else {
                        put(byte)
                    }
                }
                if size % 2 == 1 { _ = try next() }
            default:
                for index in 0..<Int(count) {
                    put(isNibbles ? (index % 2 == 0 ? value >> 4 : value & 15) : value)
                }
            }
        }
        return indices
    }
}
