import FaceCore
import Testing

struct CalendarDateTests {
    @Test(arguments: ["1950-03-14", "2000-02-29", "0001-01-01", "9999-12-31"])
    func `A day is written as it was read`(text: String) {
        #expect(CalendarDate(text)?.description == text)
    }

    @Test(arguments: [
        "", "1950", "1950-3-14", "1950-13-01", "1950-00-01", "1950-04-31", "1900-02-29", "2001-02-29", "0000-01-01",
        "1950-03-14 ", "1950-03-14T00:00:00Z", "-950-03-14", "+950-03-14", "195O-03-14", "1950/03/14",
    ])
    func `What is no day is none`(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func `Days are in the order of the calendar`() throws {
        let days = try ["1999-12-31", "2000-01-01", "2000-01-02", "2000-02-01"].map { try #require(CalendarDate($0)) }
        #expect(days.shuffled().sorted() == days)
    }
}
