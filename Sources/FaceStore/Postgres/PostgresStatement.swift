/// A statement of `SQL/` in PostgreSQL's words.
///
/// Placeholders get numbers; what SQLite is told of indexes is left out; a limit of -1, which is none to SQLite, becomes
/// NULL; inserts into tables with ids give the id back.
struct PostgresStatement: Sendable {
    enum Placeholder: Sendable, Hashable {
        case position(Int)
        case name(String)
    }

    let text: String
    /// What `$1`, `$2`, … stand for.
    let placeholders: [Placeholder]
    /// Whether the rows that it gives are the ids of what it inserted.
    let givesID: Bool

    /// Tables whose ids the database gives.
    static let tablesWithID: Set<String> = [
        "photo", "person", "face", "file_removal", "suggestion_answer", "journal", "api_key", "collection",
        "attendance_event", "webhook", "webhook_delivery",
    ]

    /// The statements of a text, in their order.
    static func statements(of sql: String) -> [PostgresStatement] {
        var scanner = Scanner(sql)
        return scanner.statements()
    }

    /// The values for `$1`, `$2`, ….
    func values(from arguments: StatementArguments) throws -> [StatementValue] {
        try placeholders.map { placeholder in
            switch placeholder {
            case .position(let position) where position < arguments.positional.count:
                return arguments.positional[position]
            case .name(let name):
                if let value = arguments.named[name] { return value }
                fallthrough
            default: throw FaceStoreError.unexpected(detail: "no value for \(placeholder) in \(text)")
            }
        }
    }

    private struct Scanner {
        private let characters: [Character]
        private var position = 0
        private var text = ""
        private var placeholders: [Placeholder] = []
        /// How many `?` without a number came so far, in the statements before too.
        private var unnumbered = 0
        private var done: [PostgresStatement] = []

        init(_ sql: String) { characters = Array(sql) }

        mutating func statements() -> [PostgresStatement] {
            while position < characters.count {
                let character = characters[position]
                switch character {
                case "'": quote()
                case "?": question()
                case ":" where next.map(Self.isWord) == true && text.last != ":": name()
                case ";": end()
                case _ where Self.isWord(character): word()
                default: take()
                }
            }
            end()
            return done
        }

        private var next: Character? { position + 1 < characters.count ? characters[position + 1] : nil }

        private static func isWord(_ character: Character) -> Bool {
            character.isASCII && (character.isLetter || character.isNumber || character == "_")
        }

        private mutating func take() {
            text.append(characters[position])
            position += 1
        }

        /// Up to the closing quote; a doubled one opens the next text at once.
        private mutating func quote() {
            repeat { take() } while position < characters.count && characters[position] != "'"
            if position < characters.count { take() }
        }

        private mutating func run() -> String {
            var run = ""
            while position < characters.count, Self.isWord(characters[position]) {
                run.append(characters[position])
                position += 1
            }
            return run
        }

        private mutating func question() {
            position += 1
            let digits = run()
            if let number = Int(digits) {
                put(.position(number - 1))
            } else {
                put(.position(unnumbered))
                unnumbered += 1
            }
        }

        private mutating func name() {
            position += 1
            put(.name(run()))
        }

        private mutating func put(_ placeholder: Placeholder) {
            let index = placeholders.firstIndex(of: placeholder) ?? placeholders.endIndex
            if index == placeholders.endIndex { placeholders.append(placeholder) }
            let isLimit = text.hasSuffix("LIMIT ")
            text += isLimit ? "nullif($\(index + 1), -1)" : "$\(index + 1)"
        }

        private mutating func word() {
            let word = run()
            guard word == "INDEXED" else {
                text += word
                return
            }
            // INDEXED BY name
            for _ in 0..<2 {
                while position < characters.count, characters[position] == " " { position += 1 }
                _ = run()
            }
        }

        private mutating func end() {
            position += 1
            defer { (text, placeholders) = ("", []) }
            guard text.contains(where: { !$0.isWhitespace }) else { return }
            let words = text.split(maxSplits: 3, whereSeparator: \.isWhitespace)
            let givesID =
                words.count > 3 && words[0] == "INSERT" && words[1] == "INTO"
                && PostgresStatement.tablesWithID.contains(String(words[2]))
            done.append(
                PostgresStatement(
                    text: givesID ? text + " RETURNING id" : text, placeholders: placeholders, givesID: givesID))
        }
    }
}
