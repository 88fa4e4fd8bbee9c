import Testing

@testable import FaceServer

struct RequestIDTests {
    @Test func `Every request has an id of 16 digits that no other has`() {
        let ids = (0..<10_000).map { _ in RequestID.of(sender: nil) }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.wholeMatch(of: #/[0-9a-f]{16}/#) != nil })
    }

    @Test(arguments: [
        ("trace-1_2.3", true), (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
        ("", false), ("two words", false), ("line\nbreak", false), ("é", false),
    ])
    func `A sender's own is taken when it is safe to repeat`(sender: String, isTaken: Bool) {
        #expect((RequestID.of(sender: sender) == sender) == isTaken)
    }
}
