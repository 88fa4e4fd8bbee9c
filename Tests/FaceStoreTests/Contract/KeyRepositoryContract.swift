import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct KeyRepositoryContract {
    private static func digests(_ digit: String) -> KeyDigests {
        KeyDigests(
            key: String(repeating: digit, count: 64), session: String(repeating: digit, count: 63) + "f",
            hint: "lik_\(digit)")
    }

    @Test(arguments: Backend.allCases)
    func `A key is kept as it was made, and other processes see it`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        #expect(try library.store.keys.all().isEmpty)
        let limit = try #require(KeyRateLimit(requestsPerMinute: 60, burst: 5))
        let made = try library.store.keys.create(
            NewAPIKey(name: "  Door ", scopes: [.recognise, .read], limit: limit), digests: Self.digests("1"))
        #expect(made.name == "Door" && made.scopes == [.read, .recognise] && made.limit == limit)
        #expect(made.digests == Self.digests("1") && made.rotatedAt == nil && made.revokedAt == nil)
        #expect(made.allows(.read) && made.allows(.recognise) && !made.allows(.write) && !made.allows(.admin))
        let admin = try library.store.keys.create(
            NewAPIKey(name: "Boss", scopes: [.admin]), digests: Self.digests("2"))
        #expect(KeyScope.allCases.allSatisfy { admin.allows($0) } && admin.limit == nil)
        #expect(try library.elsewhere().keys.all() == [admin, made])
    }

    @Test(arguments: Backend.allCases)
    func `A name is one key's as long as that is not revoked`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let keys = library.store.keys
        let first = try keys.create(NewAPIKey(name: "Door", scopes: [.read]), digests: Self.digests("1"))
        #expect(throws: FaceStoreError.keyNameIsTaken("Door")) {
            try keys.create(NewAPIKey(name: "Door", scopes: [.read]), digests: Self.digests("2"))
        }
        try _ = keys.revoke(first.id)
        let second = try keys.create(NewAPIKey(name: "Door", scopes: [.read]), digests: Self.digests("2"))
        #expect(second.id > first.id)
        #expect(throws: FaceStoreError.nameIsEmpty) {
            try keys.create(NewAPIKey(name: " ", scopes: [.read]), digests: Self.digests("3"))
        }
        #expect(throws: FaceStoreError.keyWithoutScope) {
            try keys.create(NewAPIKey(name: "None", scopes: []), digests: Self.digests("3"))
        }
    }

    @Test(arguments: Backend.allCases)
    func `A key gets another secret, and none once it is revoked`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let keys = library.store.keys
        let key = try keys.create(NewAPIKey(name: "Door", scopes: [.read]), digests: Self.digests("1"))
        let rotated = try keys.rotate(key.id, digests: Self.digests("2"))
        #expect(rotated.digests == Self.digests("2") && rotated.rotatedAt != nil && rotated.createdAt == key.createdAt)
        let revoked = try keys.revoke(key.id)
        #expect(revoked.revokedAt != nil)
        #expect(try keys.revoke(key.id) == revoked)
        #expect(throws: FaceStoreError.keyIsRevoked(key.id)) { try keys.rotate(key.id, digests: Self.digests("3")) }
        #expect(throws: FaceStoreError.unknownKey(KeyID(77))) { try keys.rotate(KeyID(77), digests: Self.digests("3")) }
        #expect(throws: FaceStoreError.unknownKey(KeyID(77))) { try keys.revoke(KeyID(77)) }
        #expect(try keys.all() == [revoked])
        #expect(try keys.removeAll() == 1)
        #expect(try keys.all().isEmpty)
    }
}
