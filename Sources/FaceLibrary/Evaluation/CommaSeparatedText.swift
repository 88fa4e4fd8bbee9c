/// Rows of comma-separated values as RFC 4180 has them: fields in quotes may hold commas, line breaks and, doubled,
/// quotes. Lines may end in CR LF, LF or CR; empty lines are passed over, and so is a byte order mark.
struct CommaSeparatedText {
    struct Row: Equatable {
        /// Where the row begins, from 1.
        let line: Int
        let fields: [String]
    }

    let rows: [Row]

    /// - Throws: `EvaluationError.unfinishedQuote`.
    init(_ text: String, name: String) throws(EvaluationError) {
        var parser = Parser()
        for scalar in text.unicodeScalars.drop(while: { $0 == "\u{FEFF}" }) { parser.take(scalar) }
        guard let rows = parser.finish() else { throw .unfinishedQuote(file: name, line: parser.rowLine) }
        self.rows = rows
    }

    private struct Parser {
        private var rows: [Row] = []
        private var fields: [String] = []
        private var field = String.UnicodeScalarView()
        /// Inside quotes; a quote that ends them may turn out to be the first of two.
        private var isQuoted = false
        private var sawQuote = false
        private var sawReturn = false
        private var line = 1
        private(set) var rowLine = 1

        mutating func take(_ scalar: Unicode.Scalar) {
            let isSecondOfBreak = sawReturn && scalar == "\n"
            sawReturn = scalar == "\r"
            if scalar == "\r" || scalar == "\n", !isSecondOfBreak { line += 1 }
            if isQuoted {
                if scalar == "\"" {
                    isQuoted = false
                    sawQuote = true
                } else {
                    field.append(scalar)
                }
                return
            }
            defer { sawQuote = false }
            switch scalar {
            case "\"":
                if sawQuote { field.append(scalar) }
                isQuoted = true
            case ",": endField()
            case "\r", "\n":
                if !isSecondOfBreak { endRow() }
                rowLine = line
            default: field.append(scalar)
            }
        }

        private mutating func endField() {
            fields.append(String(field))
            field = String.UnicodeScalarView()
        }

        private mutating func endRow() {
            endField()
            if fields != [""] { rows.append(Row(line: rowLine, fields: fields)) }
            fields = []
        }

        /// Nil when the text ends within quotes.
        mutating func finish() -> [Row]? {
            guard !isQuoted else { return nil }
            endRow()
            return rows
        }
    }
}
