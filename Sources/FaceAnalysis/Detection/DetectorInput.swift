/// The size at which a photo is shown to a detector whose model takes any size.
public enum DetectorInput: Sendable, Hashable {
    /// The photo's own aspect, enlarged or reduced so that its longer side is `longerSide`; both sides are rounded up to
    /// a multiple of 32 and the photo stands at the top left, on black.
    ///
    /// SCRFD finds faces of up to about half of the input's side, so a second pass at a small size finds those that fill
    /// the photo; it costs a twenty-fifth of the first at 128 against 640. Nil for none.
    case photoAspect(longerSide: Int = 640, secondPass: Int? = 128)
    /// One size for all photos, as InsightFace's `det_size`. One pass.
    case fixed(width: Int, height: Int)

    /// The input sizes for a photo, one a pass; smaller passes come first, as in InsightFace.
    package func sizes(photoWidth: Int, photoHeight: Int) -> [InputSize] {
        switch self {
        case .fixed(let width, let height):
            return [InputSize(width: width, height: height)]
        case .photoAspect(let longerSide, let secondPass):
            let sides = Set([longerSide, secondPass ?? longerSide]).sorted()
            return sides.map { InputSize(longerSide: $0, photoWidth: photoWidth, photoHeight: photoHeight) }
        }
    }
}

/// Width and height of a model's input, in pixels.
package struct InputSize: Sendable, Hashable {
    package var width: Int
    package var height: Int
}

extension InputSize {
    /// SCRFD's coarsest grid: sides that are multiples of it have no partial cells.
    private static let coarsestStride = 32

    /// The smallest size, in whole coarsest cells, that holds a photo whose longer side is brought to `longerSide`;
    /// panoramas get a longer input.
    init(longerSide: Int, photoWidth: Int, photoHeight: Int) {
        let photoSide = max(photoWidth, photoHeight)
        let cell = Self.coarsestStride
        let stretch = PanoramaStretch.factor(width: photoWidth, height: photoHeight)
        let longerSide = stretch > 1 ? Int((Double(longerSide) * stretch).rounded()) : longerSide
        // In integers, since 480.0000001 must not become 512.
        func cells(_ side: Int) -> Int { max((side * longerSide + photoSide * cell - 1) / (photoSide * cell), 1) }
        self.init(width: cells(photoWidth) * cell, height: cells(photoHeight) * cell)
    }
}
