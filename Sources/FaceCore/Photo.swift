/// A decoded photo: upright, sRGB, eight bits a channel.
///
/// `pixels` holds `height` rows of `width` pixels of three bytes (red, green, blue), with no padding between rows.
public struct Photo: Sendable, Equatable {
    public let width: Int
    public let height: Int
    public let pixels: [UInt8]

    /// Wraps pixels that are laid out as `pixels` says.
    ///
    /// - Precondition: both sides are at least 1 and `pixels.count == 3 * width * height`.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0 && pixels.count == 3 * width * height, "pixels do not fit the size")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// The photo's area in pixels.
    public var pixelCount: Int { width * height }
}
