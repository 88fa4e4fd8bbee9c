/// A point on a photo, in pixels; x grows to the right, y downwards, (0, 0) is the centre of the top left pixel.
public struct Point: Sendable, Hashable, Codable {
    public var x: Double
    public var y: Double

    public init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// A rectangle on a photo, in pixels. It may reach outside of the photo: a face at the border keeps its true box.
public struct BoundingBox: Sendable, Hashable, Codable {
    /// The left edge.
    public var x: Double
    /// The top edge.
    public var y: Double
    public var width: Double
    public var height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    public var area: Double { max(width, 0) * max(height, 0) }
    public var center: Point { Point(x + width / 2, y + height / 2) }

    /// Intersection over union with another box, 0 (apart) to 1 (the same).
    public func intersectionOverUnion(_ other: BoundingBox) -> Double {
        let overlapWidth = min(x + width, other.x + other.width) - max(x, other.x)
        let overlapHeight = min(y + height, other.y + other.height) - max(y, other.y)
        guard overlapWidth > 0, overlapHeight > 0 else { return 0 }
        let intersection = overlapWidth * overlapHeight
        return intersection / (area + other.area - intersection)
    }

    /// The part of the box that lies on a photo of that size; its sides are 0 when nothing does.
    public func clipped(width photoWidth: Int, height photoHeight: Int) -> BoundingBox {
        let left = min(max(x, 0), Double(photoWidth))
        let top = min(max(y, 0), Double(photoHeight))
        let right = min(max(x + width, left), Double(photoWidth))
        let bottom = min(max(y + height, top), Double(photoHeight))
        return BoundingBox(x: left, y: top, width: right - left, height: bottom - top)
    }
}
