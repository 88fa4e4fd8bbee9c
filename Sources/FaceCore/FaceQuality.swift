/// How good a face is to recognise somebody by, apart from its size and detection score.
public struct FaceQuality: Sendable, Hashable, Codable {
    /// How sharp the aligned crop is: the variance of the Laplacian of its grey values (0 to 255), at the crop's size.
    /// Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", ICPR 2000. At least 0.
    public var sharpness: Double
    /// The share of the face's box that lies inside the photo, 0 to 1; of a box that is larger than the photo, the share of
    /// the photo that it covers.
    public var visibleShare: Double

    public init(sharpness: Double, visibleShare: Double) {
        self.sharpness = sharpness
        self.visibleShare = visibleShare
    }
}
