/// A row of comma-separated values as RFC 4180 has it, ended by CR LF.
enum CSVLine {
    static func text(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    /// A cell that a spreadsheet would take for a formula begins with an apostrophe, which it takes for "this is text":
    /// names and notes are what anybody writes, and a formula could send the rest of the table away.
    private static func cell(_ text: String) -> String {
        // By scalars, since CR LF is one character.
        let scalars = text.unicodeScalars
        let isFormula = scalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        guard scalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
