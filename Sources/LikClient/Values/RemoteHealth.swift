/// What a server says of itself.
struct RemoteHealth: Sendable, Hashable, Decodable {
    let version: String
}
