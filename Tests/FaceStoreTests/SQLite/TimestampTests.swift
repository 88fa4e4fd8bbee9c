import Foundation
import Testing

@testable import FaceStore

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_767_225_600.123, "2026-01-01T00:00:00.123Z"),
        (951_782_400, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.000Z"),
        (4_107_542_399.9996, "2100-03-01T00:00:00.000Z"), (1_709_251_199.999, "2024-02-29T23:59:59.999Z"),
    ])
    func `A moment is written in UTC to the millisecond`(seconds: Double, text: String) {
        #expect(Timestamp(Date(timeIntervalSince1970: seconds)).text == text)
    }

    @Test func `Days of five centuries are written as the system writes them and read back`() throws {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: -70_000, to: 110_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 43_210.5)
            let text = Timestamp(date).text
            #expect(text == style.format(date))
            #expect(try #require(Timestamp(text)).date == date)
        }
    }

    @Test(arguments: ["", "2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01 00:00:00.000Z", "2026-01-01T00:00:00.00xZ"])
    func `Other texts are no moments`(text: String) {
        #expect(Timestamp(text) == nil)
    }
}
