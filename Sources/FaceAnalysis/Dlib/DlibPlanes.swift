package import FaceCore

/// A picture as dlib's networks take it: three planes (red, green, blue) of (value − mean) / 256, row by row.
///
/// Zero is the mean colour, so a new picture is empty in the network's eyes.
package struct DlibPlanes: Sendable {
    /// A rectangle of whole pixels.
    package struct Area: Sendable, Equatable {
        package var left: Int
        package var top: Int
        package var width: Int
        package var height: Int

        package init(left: Int, top: Int, width: Int, height: Int) {
            self.left = left
            self.top = top
            self.width = width
            self.height = height
        }
    }

    package let width: Int
    package let height: Int
    /// `3 * width * height` values.
    package private(set) var values: [Float]

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
        values = [Float](repeating: 0, count: 3 * width * height)
    }

    /// Means of red, green and blue over dlib's training photos.
    private static let means: (Float, Float, Float) = (122.782, 117.001, 104.298)

    /// Draws a photo, normalised, with its top left corner at (left, top).
    ///
    /// - Precondition: the photo fits.
    package mutating func draw(_ photo: Photo, left: Int, top: Int) {
        precondition(left >= 0 && top >= 0 && left + photo.width <= width && top + photo.height <= height)
        let plane = width * height
        let red = Self.table(Self.means.0)
        let green = Self.table(Self.means.1)
        let blue = Self.table(Self.means.2)
        values.withUnsafeMutableBufferPointer { target in
            photo.pixels.withUnsafeBufferPointer { source in
                for row in 0..<photo.height {
                    var from = 3 * photo.width * row
                    var to = (top + row) * width + left
                    for _ in 0..<photo.width {
                        target[to] = red[Int(source[from])]
                        target[to + plane] = green[Int(source[from + 1])]
                        target[to + 2 * plane] = blue[Int(source[from + 2])]
                        from += 3
                        to += 1
                    }
                }
            }
        }
    }

    private static func table(_ mean: Float) -> [Float] {
        (0..<256).map { (Float($0) - mean) / 256 }
    }

    /// Draws one part of this picture into another part of it, bilinearly.
    package mutating func drawResized(_ source: Area, into target: Area) {
        let stride = width
        let height = height
        values.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            PlaneResizing(from: source, to: target).run(
                source: UnsafePointer(base), stride: stride, plane: stride * height, target: base,
                targetStride: stride, targetPlane: stride * height)
        }
    }

    /// Draws a part of another picture into a part of this one, bilinearly.
    package mutating func drawResized(_ source: Area, of other: DlibPlanes, into target: Area) {
        let stride = width
        let height = height
        values.withUnsafeMutableBufferPointer { buffer in
            other.values.withUnsafeBufferPointer { otherBuffer in
                guard let base = buffer.baseAddress, let otherBase = otherBuffer.baseAddress else { return }
                PlaneResizing(from: source, to: target).run(
                    source: otherBase, stride: other.width, plane: other.width * other.height, target: base,
                    targetStride: stride, targetPlane: stride * height)
            }
        }
    }
}

/// Bilinear resizing with aligned corners: the first and the last pixel of a side stay the first and the last.
private struct PlaneResizing {
    let source: DlibPlanes.Area
    let target: DlibPlanes.Area
    /// Per column of the target: the source's column to its left, and how far it lies to the right of that.
    let columns: [(left: Int32, fraction: Float)]

    init(from source: DlibPlanes.Area, to target: DlibPlanes.Area) {
        self.source = source
        self.target = target
        let step = Self.step(from: source.width, to: target.width)
        columns = (0..<target.width).map { column in
            let (whole, fraction) = Self.position(column, step: step, size: source.width)
            return (Int32(whole), fraction)
        }
    }

    private static func step(from source: Int, to target: Int) -> Double {
        Double(source - 1) / Double(max(target - 1, 1))
    }

    private static func position(_ index: Int, step: Double, size: Int) -> (Int, Float) {
        let position = Double(index) * step
        let whole = min(Int(position), size - 1)
        return (whole, Float(position - Double(whole)))
    }

    /// Strides are from row to row, planes from channel to channel, in floats. Source and target do not overlap.
    func run(
        source base: UnsafePointer<Float>, stride: Int, plane: Int, target targetBase: UnsafeMutablePointer<Float>,
        targetStride: Int, targetPlane: Int
    ) {
        let step = Self.step(from: source.height, to: target.height)
        // One more than a row: the pixel to the right of the last is the last.
        var blended = [Float](repeating: 0, count: source.width + 1)
        blended.withUnsafeMutableBufferPointer { blended in
            columns.withUnsafeBufferPointer { columns in
                for row in 0..<target.height {
                    let (top, fraction) = Self.position(row, step: step, size: source.height)
                    let bottom = min(top + 1, source.height - 1)
                    for channel in 0..<3 {
                        let first = base + (channel * plane + source.left)
                        let upper = first + (source.top + top) * stride
                        let lower = first + (source.top + bottom) * stride
                        for column in 0..<source.width {
                            blended[column] = upper[column] * (1 - fraction) + lower[column] * fraction
                        }
                        blended[source.width] = blended[source.width - 1]
                        let output =
                            targetBase + (channel * targetPlane + (target.top + row) * targetStride + target.left)
                        for column in 0..<target.width {
                            let (left, share) = columns[column]
                            let at = Int(left)
                            output[column] = blended[at] * (1 - share) + blended[at + 1] * share
                        }
                    }
                }
            }
        }
    }
}
