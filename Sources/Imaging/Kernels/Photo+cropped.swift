public import FaceCore

extension Photo {
    /// The part of the photo inside a rectangle, in pixels; what of the rectangle lies outside of the photo is left out.
    ///
    /// - Precondition: at least one pixel of the photo lies inside.
    public func cropped(x: Int, y: Int, width cropWidth: Int, height cropHeight: Int) -> Photo {
        let left = max(x, 0)
        let top = max(y, 0)
        let right = min(x + cropWidth, width)
        let bottom = min(y + cropHeight, height)
        precondition(left < right && top < bottom, "the crop lies outside of the photo")
        guard right - left < width || bottom - top < height else { return self }
        var cut: [UInt8] = []
        cut.reserveCapacity(3 * (right - left) * (bottom - top))
        for row in top..<bottom {
            let start = 3 * row * width
            cut.append(contentsOf: pixels[(start + 3 * left)..<(start + 3 * right)])
        }
        return Photo(width: right - left, height: bottom - top, pixels: cut)
    }
}
