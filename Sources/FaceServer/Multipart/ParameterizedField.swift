/// The value of a header field with parameters, such as `form-data; name="images"; filename="a.jpg"`.
package struct ParameterizedField: Sendable, Hashable {
    package let value: String
    /// By name in lower case; of two with the same name, the first.
    package let parameters: [String: String]

    /// Reads what can be read: a parameter without `=` is skipped.
    package init(_ text: String) {
        var rest = Substring(text)
        value = String(Self.readToken(&rest, until: ";")).trimmedOfSpaces
        var parameters: [String: String] = [:]
        while rest.first == ";" {
            rest.removeFirst()
            let name = String(Self.readToken(&rest, until: "=")).trimmedOfSpaces.lowercased()
            guard rest.first == "=" else { continue }
            rest.removeFirst()
            rest = rest.drop { $0 == " " || $0 == "\t" }
            let content: String
            if rest.first == "\"" {
                content = Self.readQuoted(&rest)
                _ = Self.readToken(&rest, until: ";")
            } else {
                content = String(Self.readToken(&rest, until: ";")).trimmedOfSpaces
            }
            if parameters[name] == nil { parameters[name] = content }
        }
        self.parameters = parameters
    }

    private static func readToken(_ rest: inout Substring, until end: Character) -> Substring {
        let token = rest.prefix { $0 != end && $0 != ";" }
        rest = rest[token.endIndex...]
        return token
    }

    /// A backslash escapes a quote or itself and is a character like others otherwise, as browsers mean it in names of
    /// files.
    private static func readQuoted(_ rest: inout Substring) -> String {
        rest.removeFirst()
        var content = ""
        while let character = rest.popFirst() {
            if character == "\"" { break }
            if character == "\\", let escaped = rest.first, escaped == "\"" || escaped == "\\" {
                content.append(escaped)
                rest.removeFirst()
            } else {
                content.append(character)
            }
        }
        return content
    }
}

extension String {
    /// Without spaces and tabs at both ends.
    var trimmedOfSpaces: String {
        var part = drop { $0 == " " || $0 == "\t" }
        while let last = part.last, last == " " || last == "\t" { part.removeLast() }
        return String(part)
    }
}
