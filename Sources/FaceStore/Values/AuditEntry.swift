public import FaceCore
public import Foundation

/// That somebody asked the server for something: no image and nothing of the answer is kept of it.
public struct AuditEntry: Sendable, Hashable {
    /// Who asked, as far as it is known.
    public enum Asker: Sendable, Hashable {
        /// The key that the server was started with.
        case serverKey
        /// A key, under the name that it had.
        case key(KeyID, name: String)
        /// Somebody with a key that there is not, or not any more.
        case wrongKey
    }

    public let at: Date
    public let asker: Asker
    public let method: String
    /// Without what stands behind `?`.
    public let path: String
    /// Of the answer.
    public let status: Int
    /// Where the request came from.
    public let address: String
    public let requestID: String

    public init(
        at: Date, asker: Asker, method: String, path: String, status: Int, address: String, requestID: String
    ) {
        self.at = at
        self.asker = asker
        self.method = method
        self.path = path
        self.status = status
        self.address = address
        self.requestID = requestID
    }
}
