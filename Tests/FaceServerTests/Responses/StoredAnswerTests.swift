import NIOCore
import Testing

@testable import FaceServer

struct StoredAnswerTests {
    @Test(arguments: [nil, "MTIgMzQ"])
    func `An answer comes out of the cache as it went in`(cursor: String?) throws {
        let answer = StoredAnswer(ByteBuffer(string: "{\"name\":\"Anna\\n\"}\n"), nextCursor: cursor)
        #expect(StoredAnswer(answer.bytes) == answer)
        #expect(answer.nextCursor == cursor)
        #expect(answer.tag.wholeMatch(of: #/W/"[0-9a-f]{16}"/#) != nil)
    }

    @Test func `Other bytes have another tag, the same bytes the same`() {
        let tag = StoredAnswer(ByteBuffer(string: "[1]")).tag
        #expect(StoredAnswer(ByteBuffer(string: "[1]"), nextCursor: "x").tag == tag)
        #expect(StoredAnswer(ByteBuffer(string: "[2]")).tag != tag)
    }

    @Test(arguments: ["", "{}", "short\n{}", "no line break at all, however long"])
    func `What is no such answer is not taken for one`(text: String) {
        #expect(StoredAnswer(Array(text.utf8)) == nil)
    }
}
