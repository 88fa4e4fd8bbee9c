import FaceCore

/// A part of a photo with pixels of its own, to be halved and sampled as dlib does it.
struct PixelRegion {
    let width: Int
    let height: Int
    /// Rows of red, green, blue.
    let pixels: [UInt8]

    /// Copies the pixels from (left, top) to (right, bottom), both included and both on the photo.
    init(_ photo: Photo, left: Int, top: Int, right: Int, bottom: Int) {
        width = right - left + 1
        height = bottom - top + 1
        var copy: [UInt8] = []
        copy.reserveCapacity(3 * width * height)
        for row in top...bottom {
            let start = 3 * (row * photo.width + left)
            copy += photo.pixels[start..<start + 3 * width]
        }
        pixels = copy
    }

    private init(width: Int, height: Int, pixels: [UInt8]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Every other pixel, weighted 1 4 6 4 1 with its neighbours in both directions; nil when too little would be left.
    func halved() -> PixelRegion? {
        guard width > 8, height > 8 else { return nil }
        let newWidth = (width - 3) / 2
        let newHeight = (height - 3) / 2
        let stride = 3 * width
        var result = [UInt8](repeating: 0, count: 3 * newWidth * newHeight)
        var columns = [UInt16](repeating: 0, count: stride)
        pixels.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { target in
                columns.withUnsafeMutableBufferPointer { columns in
                    for row in 0..<newHeight {
                        let first = 2 * row * stride
                        for index in 0..<stride {
                            let at = first + index
                            let outer = UInt16(source[at]) + UInt16(source[at + 4 * stride])
                            let inner = UInt16(source[at + stride]) + UInt16(source[at + 3 * stride])
                            columns[index] = outer + 4 * inner + 6 * UInt16(source[at + 2 * stride])
                        }
                        for index in 0..<3 * newWidth {
                            let at = 6 * (index / 3) + index % 3
                            let outer = UInt32(columns[at]) + UInt32(columns[at + 12])
                            let inner = UInt32(columns[at + 3]) + UInt32(columns[at + 9])
                            let sum = outer + 4 * inner + 6 * UInt32(columns[at + 6])
                            target[3 * newWidth * row + index] = UInt8(truncatingIfNeeded: sum >> 8)
                        }
                    }
                }
            }
        }
        return PixelRegion(width: newWidth, height: newHeight, pixels: result)
    }

    /// A square photo whose first pixel lies on `corners[0]` (top left), the last of its first row on `corners[1]` (top
    /// right) and the first of its last row on `corners[2]` (bottom left): bilinear, cut down to whole grey levels,
    /// black where one of the four neighbours is missing.
    func sampled(corners: [Point], side: Int) -> Photo {
        let steps = Double(side - 1)
        let origin = corners[0]
        let right = Point((corners[1].x - origin.x) / steps, (corners[1].y - origin.y) / steps)
        let down = Point((corners[2].x - origin.x) / steps, (corners[2].y - origin.y) / steps)
        var result = [UInt8](repeating: 0, count: 3 * side * side)
        for row in 0..<side {
            for column in 0..<side {
                let x = origin.x + Double(column) * right.x + Double(row) * down.x
                let y = origin.y + Double(column) * right.y + Double(row) * down.y
                let left = x.rounded(.down)
                let top = y.rounded(.down)
                guard left >= 0, top >= 0, left + 1 < Double(width), top + 1 < Double(height) else { continue }
                let fractionX = x - left
                let fractionY = y - top
                let start = 3 * (Int(top) * width + Int(left))
                for channel in 0..<3 {
                    let at = start + channel
                    let below = at + 3 * width
                    let upper = (1 - fractionX) * Double(pixels[at]) + fractionX * Double(pixels[at + 3])
                    let lower = (1 - fractionX) * Double(pixels[below]) + fractionX * Double(pixels[below + 3])
                    let value = (1 - fractionY) * upper + fractionY * lower
                    result[3 * (row * side + column) + channel] = UInt8(value)
                }
            }
        }
        return Photo(width: side, height: side, pixels: result)
    }
}
