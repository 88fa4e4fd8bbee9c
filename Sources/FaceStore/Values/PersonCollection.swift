public import FaceCore
public import Foundation

/// A named set of people. A person may be in several.
public struct PersonCollection: Sendable, Hashable {
    /// From where on a face is somebody of the collection.
    public enum Threshold: Sendable, Hashable {
        /// As the model pack says.
        case pack
        /// The least similarity (one minus the distance).
        case similarity(Double)
        /// The highest share of comparisons with somebody else that may be taken for a match, above 0, up to 1; what that
        /// means as a distance was measured for the model pack.
        case falseAcceptRate(Double)
    }

    public let id: CollectionID
    /// Of 1 to 255 characters; no two have one name.
    public let name: String
    public let threshold: Threshold
    /// People who are in it and not deleted.
    public let memberCount: Int
    /// Another one whenever the collection changed, or somebody came or went.
    public let membersVersion: Int64
    public let createdAt: Date
    public let updatedAt: Date

    public init(
        id: CollectionID, name: String, threshold: Threshold, memberCount: Int, membersVersion: Int64, createdAt: Date,
        updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.threshold = threshold
        self.memberCount = memberCount
        self.membersVersion = membersVersion
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}
