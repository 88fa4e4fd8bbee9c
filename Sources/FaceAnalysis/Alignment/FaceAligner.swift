public import FaceCore

/// Cuts a face out of its photo and brings it to the position that an embedder expects.
public protocol FaceAligner: Sendable {
    /// The crop of one face; what lies outside of the photo is black or repeated, as the embedder was trained.
    func align(_ face: DetectedFace, in photo: Photo) throws -> AlignedFace
}
