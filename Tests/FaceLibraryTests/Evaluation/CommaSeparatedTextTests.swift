import Testing

@testable import FaceLibrary

struct CommaSeparatedTextTests {
    private func fields(_ text: String) throws -> [[String]] {
        try CommaSeparatedText(text, name: "labels.csv").rows.map(\.fields)
    }

    @Test func `Fields may hold commas, quotes and line breaks in quotes`() throws {
        let text = "a,\"b,c\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",,\"\"\r\n"
        #expect(try fields(text) == [["a", "b,c", "say \"hi\""], ["two\nlines", "", ""]])
    }

    @Test(arguments: ["a,b\nc,d\n", "a,b\nc,d", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "\u{FEFF}a,b\n\nc,d\n\n"])
    func `Lines end in any of the usual ways, and empty ones do not count`(text: String) throws {
        #expect(try fields(text) == [["a", "b"], ["c", "d"]])
    }

    @Test func `A row knows the line in which it begins`() throws {
        let rows = try CommaSeparatedText("a\r\n\"1\r\n2\r\n3\"\r\n\r\nb\r\n", name: "labels.csv").rows
        #expect(rows.map(\.line) == [1, 2, 6])
    }

    @Test func `A quote that is never closed is an error with its line`() {
        #expect(throws: EvaluationError.unfinishedQuote(file: "labels.csv", line: 3)) {
            try CommaSeparatedText("a,b\n\"c\",d\n\"e,f\ng,h\n", name: "labels.csv")
        }
    }
}
