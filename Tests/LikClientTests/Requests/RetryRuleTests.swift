import HTTPTransfer
import Testing

@testable import LikClient

struct RetryRuleTests {
    private let rule = RetryRule(limit: 3, longestWait: .seconds(60), firstWait: .seconds(1))

    private func refused(_ status: Int, after seconds: Double? = nil) -> LikClientError {
        .refused(status: status, code: "a", message: "b", retryAfter: seconds)
    }

    @Test func `What the server did not begin is sent again after the time it names`() {
        #expect(rule.wait(after: refused(429, after: 7), attempt: 0, isRepeatable: false) == .seconds(7))
        #expect(rule.wait(after: refused(429), attempt: 2, isRepeatable: false) == .seconds(4))
        #expect(rule.wait(after: refused(429, after: 61), attempt: 0, isRepeatable: true) == nil)
    }

    @Test func `After a breakdown only what changes nothing is sent again`() {
        for failure in [refused(503), .transfer(.interrupted(host: "a"))] {
            #expect(rule.wait(after: failure, attempt: 0, isRepeatable: true) == .seconds(1))
            #expect(rule.wait(after: failure, attempt: 0, isRepeatable: false) == nil)
        }
        #expect(rule.wait(after: .transfer(.unreachable(host: "a")), attempt: 0, isRepeatable: false) == .seconds(1))
    }

    @Test func `Attempts have an end, and refusals that stay are none to repeat`() {
        #expect(rule.wait(after: refused(429), attempt: 3, isRepeatable: true) == nil)
        for failure in [refused(404), refused(500), .transfer(.tooSlow(host: "a")), .unexpectedAnswer("a")] {
            #expect(rule.wait(after: failure, attempt: 0, isRepeatable: true) == nil)
        }
    }
}
