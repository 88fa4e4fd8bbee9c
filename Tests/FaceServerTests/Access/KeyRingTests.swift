import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Synchronization
import Testing

@testable import FaceServer

struct KeyRingTests {
    private func key(
        _ id: Int64, _ secret: KeySecret, limit: KeyRateLimit? = nil, isRevoked: Bool = false
    ) -> APIKey {
        APIKey(
            id: KeyID(id), name: "\(id)", scopes: [.read], limit: limit, digests: secret.digests,
            createdAt: .distantPast,
            revokedAt: isRevoked ? .distantPast : nil)
    }

    @Test func `A ring knows the keys that are in force, by themselves and by their sessions`() {
        let ring = KeyRing()
        #expect(ring.condition == .unread)
        ring.update([])
        #expect(ring.condition == .none)
        let (first, second) = (KeySecret(), KeySecret())
        ring.update([key(1, first), key(2, second, isRevoked: true)])
        #expect(ring.condition == .some)
        #expect(ring.key(first.text)?.key.id == KeyID(1))
        #expect(ring.key(session: first.session)?.key.id == KeyID(1))
        #expect(ring.key(first.session) == nil && ring.key(session: first.text) == nil)
        #expect(ring.key(second.text) == nil && ring.key(String(first.text.dropLast())) == nil)
        // The last one that is revoked does not open the door.
        ring.update([key(1, first, isRevoked: true)])
        #expect(ring.condition == .some && ring.key(first.text) == nil)
    }

    @Test func `Secrets are long, random and told apart by nothing that is kept`() {
        let secrets = (0..<100).map { _ in KeySecret() }
        #expect(Set(secrets.map(\.text)).count == 100)
        for secret in secrets {
            #expect(secret.text.hasPrefix("lik_") && secret.text.utf8.count == 47)
            #expect(secret.digests.key.count == 64 && secret.digests.session.count == 64)
            #expect(!secret.digests.key.contains(secret.text) && secret.text.hasPrefix(secret.digests.hint))
            #expect(KeySecret(presented: secret.text).digests == secret.digests)
        }
    }

    /// The time of a comparison is the same wherever two differ, because a hash is compared and all of it: keys that
    /// begin alike have fingerprints that do not.
    @Test func `A key that begins like another has a fingerprint that tells nothing of it`() {
        let secret = KeySecret().text
        var near = secret
        near.removeLast()
        near += secret.hasSuffix("A") ? "B" : "A"
        #expect(KeyFingerprint(of: near) != KeyFingerprint(of: secret))
        let digests = KeySecret(presented: secret).digests
        #expect(KeyFingerprint(hexadecimal: digests.key) == KeyFingerprint(of: secret))
        let nearDigest = KeySecret(presented: near).digests.key
        #expect(zip(digests.key, nearDigest).prefix(8).contains { $0 != $1 })
        #expect(KeyFingerprint(hexadecimal: "12") == nil && KeyFingerprint(hexadecimal: "x") == nil)
    }

    @Test func `Who uses a key is told when it is rotated or revoked, once, and nobody else`() {
        let ring = KeyRing()
        let (first, second) = (KeySecret(), KeySecret())
        ring.update([key(1, first), key(2, second)])
        let ended = Mutex<[String]>([])
        func watch(_ secret: KeySecret, _ name: String) -> KeyWatch? {
            ring.key(secret.text).map { ring.watch($0) { ended.withLock { $0.append(name) } } }
        }
        let watches = [watch(first, "a"), watch(first, "cancelled"), watch(second, "b")]
        watches[1]?.cancel()
        ring.update([key(1, first), key(2, second)])
        #expect(ended.withLock { $0 }.isEmpty)
        let stale = ring.key(first.text)
        ring.update([key(1, KeySecret()), key(2, second)])
        #expect(ended.withLock { $0 } == ["a"])
        ring.update([key(2, second, isRevoked: true)])
        #expect(ended.withLock { $0 } == ["a", "b"])
        // Somebody who was let in a moment before.
        if let stale { _ = ring.watch(stale) { ended.withLock { $0.append("late") } } }
        #expect(ended.withLock { $0 } == ["a", "b", "late"])
    }

    @Test func `Who came without a key goes when there are keys`() {
        let ring = KeyRing()
        ring.update([])
        let ended = Mutex<[String]>([])
        let stays = ring.watchOpenness { ended.withLock { $0.append("stays") } }
        ring.watchOpenness { ended.withLock { $0.append("cancelled") } }.cancel()
        ring.update([])
        #expect(ended.withLock { $0 }.isEmpty)
        ring.update([key(1, KeySecret())])
        #expect(ended.withLock { $0 } == ["stays"])
        _ = ring.watchOpenness { ended.withLock { $0.append("late") } }
        #expect(ended.withLock { $0 } == ["stays", "late"])
        stays.cancel()
        ring.update([])
        #expect(ended.withLock { $0 } == ["stays", "late"])
    }

    @Test func `A bucket gives what it holds at once, and then at its pace`() throws {
        let start = ContinuousClock.now
        let bucket = TokenBucket(try #require(KeyRateLimit(requestsPerMinute: 30, burst: 3)), now: start)
        for _ in 0..<3 { #expect(bucket.take(now: start) == nil) }
        #expect(bucket.take(now: start) == 2)
        #expect(bucket.take(now: start + .seconds(1)) == 1)
        #expect(bucket.take(now: start + .seconds(2)) == nil)
        #expect(bucket.take(now: start + .seconds(2)) == 2)
        for _ in 0..<3 { #expect(bucket.take(now: start + .seconds(1000)) == nil) }
        #expect(bucket.take(now: start + .seconds(1000)) == 2)
        // A clock that another thread has read earlier gives nothing back.
        #expect(bucket.take(now: start) == 2)
    }

    @Test func `What a key has used stays used when the ring is read anew`() throws {
        let ring = KeyRing()
        let secret = KeySecret()
        let limited = key(1, secret, limit: KeyRateLimit(requestsPerMinute: 1, burst: 1))
        ring.update([limited])
        #expect(ring.key(secret.text)?.bucket?.take() == nil)
        ring.update([limited])
        #expect(ring.key(secret.text)?.bucket?.take() != nil)
    }
}
