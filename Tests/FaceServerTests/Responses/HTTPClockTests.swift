import Foundation
import Testing

@testable import FaceServer

struct HTTPClockTests {
    @Test func `Every second has its text`() {
        let clock = HTTPClock()
        for _ in 0..<2 {
            #expect(clock.text(at: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
            #expect(clock.text(at: 784_111_778) == "Sun, 06 Nov 1994 08:49:38 GMT")
        }
    }

    @Test func `The time of day is told`() throws {
        let before = Date()
        let now = try #require(HTTPDate.date(from: HTTPClock().now))
        #expect(now >= before.addingTimeInterval(-1) && now <= Date())
    }
}
