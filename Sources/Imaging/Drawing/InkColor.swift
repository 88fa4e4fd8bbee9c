/// A colour to draw with: sRGB, eight bits a channel.
public struct InkColor: Sendable, Hashable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    public static let black = InkColor(red: 0, green: 0, blue: 0)
    public static let white = InkColor(red: 255, green: 255, blue: 255)

    /// Black or white, whichever is the easier to read on this colour (by its luma, Rec. 601).
    public var readableInk: InkColor {
        299 * Int(red) + 587 * Int(green) + 114 * Int(blue) > 140_000 ? .black : .white
    }
}

extension PhotoCanvas {
    /// A colour for the n-th of many people: the first ones differ clearly, and any two neighbours always do.
    ///
    /// Hues advance by the golden angle, which never comes back to one; after each twelve the brightness changes.
    public static func color(forIndex index: Int) -> InkColor {
        let turn = 0.618_033_988_749_895
        let position = Double(index.magnitude % 1_000_000)
        let hue = (0.36 + position * turn).truncatingRemainder(dividingBy: 1)
        let brightness = [1.0, 0.78, 0.9][Int(index.magnitude / 12 % 3)]
        let saturation = [0.85, 0.9, 0.5][Int(index.magnitude / 12 % 3)]
        func channel(_ offset: Double) -> UInt8 {
            // HSV in its closed form: 5 for red, 3 for green, 1 for blue.
            let k = (offset + hue * 6).truncatingRemainder(dividingBy: 6)
            return UInt8((255 * brightness * (1 - saturation * max(0, min(k, 4 - k, 1)))).rounded())
        }
        return InkColor(red: channel(5), green: channel(3), blue: channel(1))
    }
}
