public import FaceCore

extension Photo {
    /// The photo moved by a transform from its pixels to those of the result, bilinear, black outside: OpenCV's
    /// `warpAffine(photo, M, (width, height), borderValue=0)` with INTER_LINEAR, to within one grey level.
    ///
    /// Samples at the exact position, as OpenCV does since version 5; version 4 rounds positions to 1/32 pixel, which
    /// moves sharp edges by a few grey levels. A transform with scale 0 or without finite numbers gives black.
    ///
    /// - Precondition: both sides are at least 1.
    public func warped(by transform: SimilarityTransform, width newWidth: Int, height newHeight: Int) -> Photo {
        precondition(newWidth > 0 && newHeight > 0, "a photo has at least one pixel")
        var output = [UInt8](repeating: 0, count: 3 * newWidth * newHeight)
        guard let back = transform.inverse else { return Photo(width: newWidth, height: newHeight, pixels: output) }
        output.withUnsafeMutableBufferPointer { target in
            pixels.withUnsafeBufferPointer { source in
                guard let targetBase = target.baseAddress, let sourceBase = source.baseAddress else { return }
                let sampler = BilinearSampler(pixels: sourceBase, width: width, height: height)
                var pixel = targetBase
                for y in 0..<newHeight {
                    let rowX = back.tx - back.b * Double(y)
                    let rowY = back.ty + back.a * Double(y)
                    for x in 0..<newWidth {
                        sampler.sample(rowX + back.a * Double(x), rowY + back.b * Double(x), into: pixel)
                        pixel += 3
                    }
                }
            }
        }
        return Photo(width: newWidth, height: newHeight, pixels: output)
    }
}

/// Reads a photo between its pixels; what lies outside is black.
private struct BilinearSampler {
    let pixels: UnsafePointer<UInt8>
    let width: Int
    let height: Int

    /// Writes the three channels at a position; leaves them alone (black) where no pixel takes part.
    @inline(__always)
    func sample(_ x: Double, _ y: Double, into output: UnsafeMutablePointer<UInt8>) {
        // Also false for NaN, and keeps the conversion to integers in range.
        guard x > -1, y > -1, x < Double(width), y < Double(height) else { return }
        let left = x.rounded(.down)
        let top = y.rounded(.down)
        let column = Int(left)
        let row = Int(top)
        let right = Float(x - left)
        let bottom = Float(y - top)
        if column >= 0, row >= 0, column + 1 < width, row + 1 < height {
            let upper = pixels + 3 * (row * width + column)
            let lower = upper + 3 * width
            for channel in 0..<3 {
                let above = Float(upper[channel]) + right * (Float(upper[channel + 3]) - Float(upper[channel]))
                let below = Float(lower[channel]) + right * (Float(lower[channel + 3]) - Float(lower[channel]))
                output[channel] = UInt8((above + bottom * (below - above)).rounded(.toNearestOrEven))
            }
            return
        }
        for channel in 0..<3 {
            let above = (1 - right) * value(column, row, channel) + right * value(column + 1, row, channel)
            let below = (1 - right) * value(column, row + 1, channel) + right * value(column + 1, row + 1, channel)
            output[channel] = UInt8(((1 - bottom) * above + bottom * below).rounded(.toNearestOrEven))
        }
    }

    private func value(_ column: Int, _ row: Int, _ channel: Int) -> Float {
        guard column >= 0, row >= 0, column < width, row < height else { return 0 }
        return Float(pixels[3 * (row * width + column) + channel])
    }
}
