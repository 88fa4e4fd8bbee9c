/// The size to which a photo is brought before faces are looked for.
///
/// The detector sees faces in a window of 80 pixels and finds them with its full score from about 65 pixels on, so
/// small faces need an enlarged photo, and a large photo is searched faster when it is made smaller first.
public enum DlibDetectionScale: Sendable, Hashable {
    /// The photo as it is, in all sizes of dlib's own pyramid on one canvas: the same faces as dlib finds.
    ///
    /// It takes memory in proportion to the photo: about 140 bytes a pixel.
    case photo
    /// As large as the smallest faces asked for need it, but no larger than those two limits. The sizes are then
    /// searched one after another, the large ones in wider steps than dlib's.
    ///
    /// - Parameters:
    ///   - longerSide: of the enlarged or reduced photo, in pixels; panoramas get up to four times that.
    ///   - maximumEnlargement: how many times a small photo is enlarged at most.
    case smallestFace(longerSide: Int, maximumEnlargement: Double)

    /// What finds all faces of 37 pixels on the group photos it was measured on: a longer side of at most 1600 pixels,
    /// photos enlarged at most three times.
    public static let standard = DlibDetectionScale.smallestFace(longerSide: 1600, maximumEnlargement: 3)
}

/// The sizes in which a photo is searched when dlib's own pyramid is not asked for.
package struct DlibSearchSizes: Sendable, Equatable {
    /// Width of a face, in pixels, from which on the detector finds it with its full score, plus a tenth.
    private static let surelyFound = 73.0
    /// Sizes with a longer side from here on follow in steps of 2/3: the window finds faces between two of them all
    /// the same. Below it, where a size costs next to nothing, they follow in dlib's steps of 5/6.
    private static let denseBelow = 200.0
    /// Sizes up to here get a wider border, so that a face that fills its photo is seen with something around it.
    private static let wideBorderUpTo = 250
    /// No face fits on a smaller size.
    private static let smallestSide = 24

    package struct Size: Sendable, Equatable {
        package var width: Int
        package var height: Int
        /// Pixels of the mean colour on each side.
        package var border: Int
    }

    /// How many times the photo is enlarged for the first size; below 1 it is reduced.
    package let enlargement: Double

    /// - Parameter minimumSize: the smallest faces that have to be found, in pixels of the photo.
    package init(
        width: Int, height: Int, minimumSize: Double, longerSide: Int, maximumEnlargement: Double
    ) {
        let wanted = Self.surelyFound / max(minimumSize, 1)
        let stretch = PanoramaStretch.factor(width: width, height: height)
        let allowed = Double(longerSide) * stretch / Double(max(width, height))
        enlargement = min(wanted, allowed, maximumEnlargement)
    }

    /// The sizes for a photo, from `width` × `height` down; none when it is too small for the network.
    package static func sizes(width: Int, height: Int) -> [Size] {
        var sizes: [Size] = []
        var (width, height) = (width, height)
        while true {
            let longer = max(width, height)
            let border = longer <= wideBorderUpTo ? 20 : 11
            guard longer >= smallestSide, min(width, height) + 2 * border >= DlibScoreMap.smallestCanvas else { break }
            sizes.append(Size(width: width, height: height, border: border))
            let step = Double(longer) * 2 / 3 >= denseBelow ? 2.0 / 3 : 5.0 / 6
            width = Int(Double(width) * step)
            height = Int(Double(height) * step)
            guard min(width, height) >= 5 else { break }
        }
        return sizes
    }
}
