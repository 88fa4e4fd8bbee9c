import FaceCore
import FaceStore

/// Whom a request comes from, as far as keys tell, and what he may do.
struct Grant: Sendable {
    enum Holder: Sendable {
        /// Somebody without a key, at an address that wants none.
        case stranger
        /// Anybody: the server has no keys.
        case anybody
        /// The holder of the key that the server was started with.
        case serverKey
        case key(HeldKey)
    }

    let holder: Holder

    static let stranger = Grant(holder: .stranger)

    /// - Throws: `APIError.scopeMissing`; `.keyMissing` for a stranger.
    func require(_ scope: KeyScope) throws(APIError) {
        switch holder {
        case .anybody, .serverKey: return
        case .stranger: throw .keyMissing
        case .key(let held): guard held.key.allows(scope) else { throw .scopeMissing(scope) }
        }
    }

    /// The one collection that the key is for; nil where it is for the whole library.
    var collection: CollectionID? {
        if case .key(let held) = holder { held.key.collection } else { nil }
    }

    func allows(_ scope: KeyScope) -> Bool {
        switch holder {
        case .anybody, .serverKey: true
        case .stranger: false
        case .key(let held): held.key.allows(scope)
        }
    }

    /// As the log of requests names him; nil for whom it does not name.
    var asker: AuditEntry.Asker? {
        switch holder {
        case .stranger, .anybody: nil
        case .serverKey: .serverKey
        case .key(let held): .key(held.key.id, name: held.key.name)
        }
    }
}

/// A key that is in force, with the requests that it has left.
final class HeldKey: Sendable {
    let key: APIKey
    /// Nil: as many as it likes.
    let bucket: TokenBucket?

    init(_ key: APIKey) {
        self.key = key
        bucket = key.limit.map { TokenBucket($0) }
    }
}
