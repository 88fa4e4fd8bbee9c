import FaceCore
import FaceServer
import Foundation
import Testing

struct JSONWriterTests {
    @Test func `Objects, lists and values nest`() {
        let bytes = JSONWriter.bytes { json in
            json.object { json in
                json.field("text", "a")
                json.field("nothing", nil as String?)
                json.field("count", 3)
                json.field("share", 0.5)
                json.field("whole", 40.0)
                json.field("isTrue", true)
                json.field("id", PersonID(7))
                json.field("nobody", nil as PersonID?)
                json.field("list", array: [1, 2]) { $0.value($1) }
                json.field("empty", array: [Int]()) { $0.value($1) }
                json.field("object", object: { $0.field("inner", "b") })
                json.field("last", Date(timeIntervalSince1970: 0))
            }
        }
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"text":"a","nothing":null,"count":3,"share":0.5,"whole":40,"isTrue":true,"id":7,"nobody":null,"#
                + #""list":[1,2],"empty":[],"object":{"inner":"b"},"last":"1970-01-01T00:00:00Z"}"#)
    }

    @Test func `Any text comes back out of a JSON parser`() throws {
        var texts = (0..<256).map { String(Unicode.Scalar(UInt8($0))) }
        texts += ["Иван", "\"quoted\" \\ \n", "👩‍👩‍👧", "\u{2028}", ""]
        let bytes = JSONWriter.bytes { json in json.array(texts) { $0.value($1) } }
        #expect(try JSONDecoder().decode([String].self, from: Data(bytes)) == texts)
    }

    @Test func `Numbers come back as they were, and those that are none as null`() throws {
        let numbers = [0, -0.1, 1.0 / 3, 1e300, -1e-300, 123_456_789.125, 1e15, 9_007_199_254_740_993]
        let bytes = JSONWriter.bytes { json in json.array(numbers) { $0.value($1) } }
        #expect(try JSONDecoder().decode([Double].self, from: Data(bytes)) == numbers)
        let odd = JSONWriter.bytes { json in json.array([Double.nan, .infinity]) { $0.value($1) } }
        #expect(String(decoding: odd, as: UTF8.self) == "[null,null]")
    }
}
