public import FaceCore

/// Says something about a face beside who it is. Loaded only when asked for.
public protocol FaceAttributeEstimator: Sendable {
    /// Fills in the attributes that this model knows and leaves the others as they are.
    ///
    /// Blocks while the model runs; may be called from several threads at once.
    func describe(_ face: DetectedFace, in photo: Photo, into attributes: inout FaceAttributes) throws
}
