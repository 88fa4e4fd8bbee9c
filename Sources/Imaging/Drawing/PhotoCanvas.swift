public import FaceCore

/// A copy of a photo to draw on: boxes around faces, labels next to them.
public struct PhotoCanvas: Sendable {
    public let width: Int
    public let height: Int
    private var pixels: [UInt8]

    public init(_ photo: Photo) {
        width = photo.width
        height = photo.height
        pixels = photo.pixels
    }

    /// The photo with what has been drawn.
    public var photo: Photo { Photo(width: width, height: height, pixels: pixels) }

    /// Draws the boxes' outlines, then the labels on top: text on a background of the box's colour, above the box, or
    /// where there is no room below or inside it, always within the photo. Sizes follow the photo's size.
    ///
    /// Boxes that do not touch the photo are left out.
    ///
    /// - Throws: `ImagingError.textNotDrawn` when no font is installed; the boxes are drawn then, the labels before too.
    public mutating func draw(_ labels: [FaceLabel]) throws(ImagingError) {
        var layout = LabelLayout(width: width, height: height)
        let visible = labels.compactMap { label in area(of: label.box).map { (label, $0) } }
        for (label, area) in visible { outline(area, thickness: layout.thickness, color: label.color) }
        for (label, area) in visible {
            let size = layout.fontSize(for: label.box)
            guard let mask = try mask(label.text, size: size) else { continue }
            let padding = layout.padding(fontSize: size)
            // A mask is as high as its letters happen to be; backgrounds of one size look alike.
            let lineHeight = max(mask.height, size)
            let background = layout.place(mask.width + 2 * padding, lineHeight + 2 * padding, at: area)
            fill(background, label.color)
            stamp(
                mask, x: background.x + padding, y: background.y + padding + (lineHeight - mask.height) / 2,
                in: background, label.color.readableInk)
        }
    }

    /// The photo with what has been drawn, as a JPEG file.
    ///
    /// - Parameter quality: 1 to 100.
    /// - Throws: `ImagingError.notEncoded`.
    public func jpeg(quality: Int = 88) throws(ImagingError) -> [UInt8] {
        try photo.jpeg(quality: quality)
    }

    /// Text that is wider than the photo is drawn smaller, as long as it can be read.
    private func mask(_ text: String, size: Int) throws(ImagingError) -> TextMask? {
        guard let mask = try TextMask(text, size: size) else { return nil }
        guard mask.width > width * 9 / 10 else { return mask }
        let smaller = max(size * width * 9 / (mask.width * 10), min(size, 8))
        return smaller < size ? try TextMask(text, size: smaller) : mask
    }

    /// The whole pixels of a box; they may lie outside of the photo by as much as the photo is long.
    private func area(of box: BoundingBox) -> PixelArea? {
        guard [box.x, box.y, box.width, box.height].allSatisfy(\.isFinite) else { return nil }
        let clipped = box.clipped(width: width, height: height)
        guard clipped.width > 0, clipped.height > 0 else { return nil }
        func whole(_ value: Double, _ side: Int) -> Int {
            Int(min(max(value, -Double(side)), 2 * Double(side)).rounded())
        }
        let left = whole(box.x, width)
        let top = whole(box.y, height)
        return PixelArea(
            x: left, y: top, width: max(whole(box.x + box.width, width) - left, 1),
            height: max(whole(box.y + box.height, height) - top, 1))
    }

    private mutating func outline(_ area: PixelArea, thickness: Int, color: InkColor) {
        let inner = min(thickness, area.width, area.height)
        let bottom = area.y + area.height - inner
        let right = area.x + area.width - inner
        fill(PixelArea(x: area.x, y: area.y, width: area.width, height: inner), color)
        fill(PixelArea(x: area.x, y: bottom, width: area.width, height: inner), color)
        fill(PixelArea(x: area.x, y: area.y, width: inner, height: area.height), color)
        fill(PixelArea(x: right, y: area.y, width: inner, height: area.height), color)
    }

    private mutating func fill(_ area: PixelArea, _ color: InkColor) {
        let columns = max(area.x, 0)..<max(min(area.x + area.width, width), max(area.x, 0))
        let rows = max(area.y, 0)..<max(min(area.y + area.height, height), max(area.y, 0))
        for row in rows {
            for column in columns { put(color, at: 3 * (row * width + column)) }
        }
    }

    /// Mixes ink into the pixels by the mask's coverage, within `bounds` and the photo.
    private mutating func stamp(_ mask: TextMask, x: Int, y: Int, in bounds: PixelArea, _ ink: InkColor) {
        for row in 0..<mask.height where y + row < min(bounds.y + bounds.height, height) {
            for column in 0..<mask.width where x + column < min(bounds.x + bounds.width, width) {
                let share = Int(mask.coverage[row * mask.width + column])
                guard share > 0 else { continue }
                let position = 3 * ((y + row) * width + x + column)
                func mixed(_ ink: UInt8, _ channel: Int) -> UInt8 {
                    UInt8((Int(ink) * share + Int(pixels[position + channel]) * (255 - share) + 127) / 255)
                }
                put(
                    InkColor(red: mixed(ink.red, 0), green: mixed(ink.green, 1), blue: mixed(ink.blue, 2)),
                    at: position)
            }
        }
    }

    private mutating func put(_ color: InkColor, at position: Int) {
        pixels[position] = color.red
        pixels[position + 1] = color.green
        pixels[position + 2] = color.blue
    }
}
