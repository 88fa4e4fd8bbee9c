import FaceServer
import Foundation
import Testing

struct TimeFormatTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399.999, "2000-02-28T23:59:59.999Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_769_850_307.25, "2026-01-31T09:05:07.250Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (4_102_444_800, "2100-01-01T00:00:00Z"),
        ] as [(Double, String)])
    func `Times are written in UTC`(seconds: Double, text: String) {
        #expect(RFC3339.string(from: Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test func `Every day of four centuries has the calendar's date`() {
        for day in stride(from: -100_000, to: 150_000, by: 29) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            #expect(RFC3339.string(from: date) == date.formatted(.iso8601))
        }
    }

    @Test func `HTTP's dates are written and read`() {
        let date = Date(timeIntervalSince1970: 784_111_777)
        #expect(HTTPDate.string(from: date) == "Sun, 06 Nov 1994 08:49:37 GMT")
        for seconds in stride(from: 0.0, to: 4e9, by: 12_345_678) {
            let date = Date(timeIntervalSince1970: seconds)
            #expect(HTTPDate.date(from: HTTPDate.string(from: date)) == date)
        }
        for text in ["", "Sun, 06 Nov 1994", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 28:49:37 GMT"] {
            #expect(HTTPDate.date(from: text) == nil)
        }
    }
}
