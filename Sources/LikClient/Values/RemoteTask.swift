public import Foundation

/// Photos that are safely on the server's disk.
public struct RemoteUpload: Sendable, Hashable, Decodable {
    /// Of the work on them.
    public let task: String
    public let message: String

    private enum CodingKeys: String, CodingKey {
        case task = "taskId"
        case message
    }
}

/// The work on an upload.
public struct RemoteTask: Sendable, Hashable, Decodable {
    /// Why a file could not be looked at.
    public struct FileError: Sendable, Hashable, Decodable {
        public let file: String
        public let error: String
    }

    public let id: String
    /// `processing`, `completed` or `failed`; a newer server may have further ones.
    public let status: String
    public let totalImages: Int
    public let processedImages: Int?
    public let totalFaces: Int
    /// Known at the end.
    public let uniquePersons: Int
    /// Why it failed, for people and for programs.
    public let errorMessage: String?
    public let code: String?
    public let createdAt: Date
    public let completedAt: Date?
    public let errors: [FileError]

    public var isInWork: Bool { status == "processing" }
}
