public import FaceAnalysis

/// The model packs that drafts can be made with.
public struct DraftPacks: Sendable {
    /// Reads what is installed under a name, without loading it. Throws where there is none.
    public var find: @Sendable (_ name: String) throws -> AnalysisPack
    /// Loads its models.
    public var load: @Sendable (_ name: String) throws -> FaceAnalyzer

    public init(
        find: @escaping @Sendable (_ name: String) throws -> AnalysisPack,
        load: @escaping @Sendable (_ name: String) throws -> FaceAnalyzer
    ) {
        self.find = find
        self.load = load
    }
}
