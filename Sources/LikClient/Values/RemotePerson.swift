/// Somebody in the server's library.
public struct RemotePerson: Sendable, Hashable, Decodable {
    public let id: Int64
    /// `person_7` until somebody names her.
    public let name: String
    public let facesCount: Int
}

/// A named set of people on the server.
public struct RemoteCollection: Sendable, Hashable, Decodable {
    public let id: Int64
    public let name: String
    public let personsCount: Int
}
