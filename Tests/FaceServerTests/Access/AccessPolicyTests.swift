import Foundation
import HTTPTypes
import Testing

@testable import FaceServer

struct AccessPolicyTests {
    @Test func `Without a key everybody is let in`() {
        #expect(AccessPolicy(ServerConfiguration()).allows(request()))
    }

    @Test func `The key is taken in all its forms`() {
        let policy = AccessPolicy(ServerConfiguration(apiKey: "secret"))
        #expect(policy.refusal(of: request()) == .keyMissing)
        #expect(policy.allows(request([.authorization: "Bearer secret"])))
        #expect(policy.allows(request([.authorization: "bearer  secret "])))
        #expect(policy.allows(request([.xAPIKey: "secret"])))
        let session = ServerKey("secret").makeSession()
        #expect(policy.allows(request([.cookie: "a=b; lik_session=\(session); c=d"])))
        for wrong in ["", "Secret", "secret2", "secre"] {
            #expect(policy.refusal(of: request([.xAPIKey: wrong])) == .keyWrong)
        }
        #expect(policy.refusal(of: request([.authorization: "Basic secret"])) == .keyWrong)
        #expect(
            policy.refusal(of: request([.cookie: "lik_session=" + ServerKey("other").makeSession()])) == .keyMissing)
    }

    @Test func `Sessions end, and cannot be made longer`() throws {
        let key = ServerKey("secret")
        let session = key.makeSession(now: Date(timeIntervalSince1970: 1000))
        let end = Double(1000 + ServerKey.sessionLifetime)
        #expect(key.isValid(session: session, now: Date(timeIntervalSince1970: end - 1)))
        #expect(!key.isValid(session: session, now: Date(timeIntervalSince1970: end)))
        let code = try #require(session.split(separator: ".").last)
        #expect(!key.isValid(session: "99999999999.\(code)", now: Date(timeIntervalSince1970: 1000)))
        for wrong in ["", ".", "1.", "x.\(code)", String(session.dropLast()), session + "0", session + "00"] {
            #expect(!key.isValid(session: wrong, now: Date(timeIntervalSince1970: 1000)))
        }
    }

    @Test(arguments: [
        ("http://lik.local:8080", true), ("https://lik.local:8080", true), ("http://lik.local", false),
        ("http://evil.example", false), ("null", false), ("http://lik.local:8080.evil.example", false),
        ("https://photos.example", true), ("https://PHOTOS.example:443", true), ("http://photos.example", false),
    ])
    func `Changes come from our own pages and from allowed ones`(origin: String, isAllowed: Bool) {
        let policy = AccessPolicy(ServerConfiguration(corsOrigins: ["https://photos.example"]))
        for method in [HTTPRequest.Method.post, .put, .delete, .patch] {
            #expect(policy.allows(request([.origin: origin], method: method)) == isAllowed)
        }
        #expect(policy.allows(request([.origin: origin, .secWebSocketKey: "x"])) == isAllowed)
        #expect(policy.allows(request([.origin: origin])))
    }

    @Test func `A browser that hides the origin still tells whether it is ours`() {
        let policy = AccessPolicy(ServerConfiguration())
        for (site, isAllowed) in [("same-origin", true), ("none", true), ("same-site", false), ("cross-site", false)] {
            #expect(policy.allows(request([.secFetchSite: site], method: .post)) == isAllowed)
        }
        #expect(policy.allows(request(method: .post)))
    }

    @Test func `Only listed hosts are answered`() {
        let policy = AccessPolicy(ServerConfiguration(hosts: ["lik.local", "[::1]"]))
        for host in ["lik.local", "LIK.local:8080", "lik.local.", "[::1]:8080"] {
            #expect(policy.allows(request(host: host)))
        }
        for host in ["evil.example", "lik.local.evil.example", "127.0.0.1:8080", "", nil] {
            #expect(policy.refusal(of: request(host: host)) == .unknownHost)
        }
    }

    private func request(
        _ fields: HTTPFields = [:], method: HTTPRequest.Method = .get, host: String? = "lik.local:8080"
    ) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "http", authority: host, path: "/", headerFields: fields)
    }
}
