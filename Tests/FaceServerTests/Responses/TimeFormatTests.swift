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

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0.0), ("2026-01-31T09:05:07Z", 1_769_850_307), ("2026-01-31t09:05:07z", 1_769_850_307),
        ("2026-01-31T12:05:07+03:00", 1_769_850_307), ("2026-01-31T12:05:07 03:00", 1_769_850_307),
        ("2026-01-31T03:35:07.25-05:30", 1_769_850_307.25), ("2024-02-29T23:59:59.999Z", 1_709_251_199.999),
    ])
    func `A time that a client writes is understood`(text: String, seconds: Double) throws {
        let date = try #require(RFC3339.date(from: text))
        #expect(abs(date.timeIntervalSince1970 - seconds) < 0.0005)
    }

    @Test(arguments: [
        "", "2026-01-31", "2026-01-31T09:05:07", "2026-02-30T09:05:07Z", "2026-01-31T24:00:00Z", "2026-13-01T00:00:00Z",
        "2026-01-31T09:05:07.Z", "2026-01-31T09:05:07.1234567890Z", "2026-01-31T09:05:07+3:00", "2026-01-31T09:05:07Zx",
        "２０２６-01-31T09:05:07Z", "2026/01/31T09:05:07Z", "yesterday at nine o'clock",
    ])
    func `A text that is no time is none`(text: String) {
        #expect(RFC3339.date(from: text) == nil)
    }
}
