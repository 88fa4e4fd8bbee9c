import FaceCore

/// A rectangle of whole pixels.
struct PixelArea: Equatable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int

    func overlaps(_ other: PixelArea) -> Bool {
        x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }
}

/// Sizes and places of what is drawn on a photo, from the photo's size: a group photo of 50 megapixels is looked at on
/// the same screen as one of half a megapixel.
struct LabelLayout {
    let width: Int
    let height: Int
    private var taken: [PixelArea] = []

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    private var longerSide: Int { max(width, height) }

    /// Of the outlines, in pixels.
    var thickness: Int { max((longerSide + 200) / 400, longerSide < 200 ? 1 : 2) }

    /// Between text and the border of its background.
    func padding(fontSize: Int) -> Int { max(fontSize / 5, 1) }

    /// In pixels: it follows the face, between a size that can be read when the photo fills a screen and one that would
    /// cover the photo.
    func fontSize(for box: BoundingBox) -> Int {
        let smallest = max(0.016 * Double(longerSide), min(11, Double(height) / 6), 4)
        let largest = max(0.03 * Double(longerSide), smallest)
        let wanted = box.width.isFinite ? box.width * 0.2 : 0
        return Int(min(max(wanted, smallest), largest).rounded())
    }

    /// Where a background of a size goes: above the box, below it, or inside at its top; shifted to lie in the photo, and
    /// off the labels before it where that can be.
    mutating func place(_ labelWidth: Int, _ labelHeight: Int, at box: PixelArea) -> PixelArea {
        let fitted = (width: min(labelWidth, width), height: min(labelHeight, height))
        let left = max(min(box.x, width - fitted.width), 0)
        let rightAligned = max(min(box.x + box.width, width) - fitted.width, 0)
        let tops = [box.y - fitted.height, box.y + box.height, box.y, box.y + box.height - fitted.height]
        let candidates = [left, rightAligned].flatMap { x in
            tops.map { PixelArea(x: x, y: $0, width: fitted.width, height: fitted.height) }
        }
        let inside = candidates.filter { $0.y >= 0 && $0.y + $0.height <= height }
        let free = inside.first { candidate in !taken.contains { $0.overlaps(candidate) } }
        let clamped = PixelArea(
            x: left, y: min(max(box.y, 0), height - fitted.height), width: fitted.width, height: fitted.height)
        let area = free ?? inside.first ?? clamped
        taken.append(area)
        return area
    }
}
