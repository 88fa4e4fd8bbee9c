public import FaceCore

/// A photo brought to a fixed size without changing its aspect: the rest is black.
public struct Letterbox: Sendable {
    /// Of exactly the size that was asked for; the content lies at the top left.
    public let photo: Photo
    /// Letterbox pixels per photo pixel: divide a coordinate by it to come back to the photo.
    public let scale: Double
    /// Size of the part that the photo fills, in pixels of the letterbox.
    public let contentWidth: Int
    public let contentHeight: Int

    public init(photo: Photo, scale: Double, contentWidth: Int, contentHeight: Int) {
        self.photo = photo
        self.scale = scale
        self.contentWidth = contentWidth
        self.contentHeight = contentHeight
    }
}

extension Photo {
    /// The photo fitted into a size as InsightFace does it before SCRFD: the side that has no slack is filled, the other
    /// one is truncated to a whole pixel, bilinear as `resized`, at the top left, zeros elsewhere.
    ///
    /// `scale` is content height by photo height, as there; a side that truncates to 0 gets one pixel.
    ///
    /// - Precondition: both sides are at least 1.
    public func letterboxed(width boxWidth: Int, height boxHeight: Int) -> Letterbox {
        precondition(boxWidth > 0 && boxHeight > 0, "a photo has at least one pixel")
        let aspect = Double(height) / Double(width)
        let contentWidth: Int
        let contentHeight: Int
        if aspect > Double(boxHeight) / Double(boxWidth) {
            contentHeight = boxHeight
            contentWidth = max(Int(Double(boxHeight) / aspect), 1)
        } else {
            contentWidth = boxWidth
            contentHeight = max(Int(Double(boxWidth) * aspect), 1)
        }
        let scale = Double(contentHeight) / Double(height)
        guard contentWidth != boxWidth || contentHeight != boxHeight else {
            return Letterbox(
                photo: resized(width: boxWidth, height: boxHeight), scale: scale,
                contentWidth: contentWidth, contentHeight: contentHeight)
        }
        var canvas = [UInt8](repeating: 0, count: 3 * boxWidth * boxHeight)
        canvas.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            resample(width: contentWidth, height: contentHeight, into: base, rowBytes: 3 * boxWidth)
        }
        return Letterbox(
            photo: Photo(width: boxWidth, height: boxHeight, pixels: canvas), scale: scale,
            contentWidth: contentWidth, contentHeight: contentHeight)
    }
}
