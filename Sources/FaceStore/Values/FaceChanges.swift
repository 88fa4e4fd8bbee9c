public import FaceCore

/// What became of a library's faces since it was looked at last.
public struct FaceChanges: Sendable, Hashable {
    /// From where on to ask the next time.
    public let version: Int64
    /// The faces that came or changed, as they are now.
    public let changed: EmbeddingTable
    /// The faces that take no part in grouping any more, in the order of their ids: removed, ignored, or their person was
    /// deleted. Some may never have taken part.
    public let gone: [FaceID]

    public init(version: Int64, changed: EmbeddingTable, gone: [FaceID]) {
        self.version = version
        self.changed = changed
        self.gone = gone
    }
}
