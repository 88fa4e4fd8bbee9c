/// A language in which the server speaks to people.
public enum Language: String, Sendable, Hashable, CaseIterable {
    case english = "en"
    case russian = "ru"

    /// The language that an `Accept-Language` field likes best among those there are.
    ///
    /// - Parameter fallback: when the field names none of them.
    package init(accepting field: String?, fallback: Language) {
        guard let field else {
            self = fallback
            return
        }
        var best = (language: fallback, weight: 0.0)
        for range in field.split(separator: ",") {
            let parts = range.split(separator: ";", maxSplits: 1)
            guard let tag = parts.first.map({ String($0).trimmedOfSpaces.lowercased() }) else { continue }
            let weight = parts.count > 1 ? Self.weight(String(parts[1])) : 1
            guard weight > best.weight else { continue }
            if tag == "*" {
                best = (fallback, weight)
            } else if let language = Self(rawValue: String(tag.prefix { $0 != "-" })) {
                best = (language, weight)
            }
        }
        self = best.language
    }

    private static func weight(_ parameter: String) -> Double {
        let parameter = parameter.trimmedOfSpaces
        guard parameter.lowercased().hasPrefix("q="), let weight = Double(parameter.dropFirst(2)) else { return 0 }
        return weight
    }
}
