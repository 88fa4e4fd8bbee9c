import Testing

@testable import FaceLibrary

struct CSVLineTests {
    @Test func `Cells are quoted where commas, quotes and line breaks want it`() {
        #expect(CSVLine.text(["1", "Anna", ""]) == "1,Anna,\r\n")
        #expect(
            CSVLine.text(["a,b", "say \"hi\"", "two\nlines", "two\r\nlines"])
                == "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"two\r\nlines\"\r\n")
        #expect(CSVLine.text(["Иван", "王芳"]) == "Иван,王芳\r\n")
    }

    @Test(arguments: ["=1+1", "+7", "-x", "@SUM(A1)", "\tx"])
    func `What a spreadsheet would take for a formula is marked as text`(cell: String) {
        #expect(CSVLine.text([cell, "x"]) == "'\(cell),x\r\n")
    }

    @Test func `A formula in quotes is marked too`() {
        #expect(CSVLine.text(["=A1,\"x\""]) == "\"'=A1,\"\"x\"\"\"\r\n")
        #expect(CSVLine.text(["\r=A1"]) == "\"'\r=A1\"\r\n")
        #expect(CSVLine.text(["a=b", "2-3"]) == "a=b,2-3\r\n")
    }

    @Test func `What is written can be read back`() throws {
        let cells = ["1", "a,\"b\"\r\nc", "", "Иван", " x "]
        #expect(try CommaSeparatedText(CSVLine.text(cells), name: "").rows.map(\.fields) == [cells])
    }
}
