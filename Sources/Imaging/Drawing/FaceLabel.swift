public import FaceCore

/// A face's box with what is written next to it.
public struct FaceLabel: Sendable, Hashable {
    /// In pixels of the photo; may reach outside of it.
    public var box: BoundingBox
    /// Plain text in any script; empty for a box alone.
    public var text: String
    public var color: InkColor

    public init(box: BoundingBox, text: String, color: InkColor) {
        self.box = box
        self.text = text
        self.color = color
    }
}
