/// How much longer than usual a detector's input may be for a long and narrow photo.
///
/// A panorama whose longer side is brought to the usual length would be a strip in which no face is left; it gets as many
/// pixels as a photo of aspect 2:1 instead.
enum PanoramaStretch {
    /// Photos up to this aspect are not stretched.
    private static let usualAspect = 2.0
    /// A strip of a few rows holds no face, however long it is.
    private static let limit = 4.0

    /// 1 for photos of usual aspects, up to 4 for strips; the width and height are of the photo.
    static func factor(width: Int, height: Int) -> Double {
        let aspect = Double(max(width, height)) / Double(min(width, height))
        return aspect > usualAspect ? min((aspect / usualAspect).squareRoot(), limit) : 1
    }
}
