import FaceServer
import Testing

struct LanguageTests {
    @Test(
        arguments: [
            (nil, Language.english), ("", .english), ("ru", .russian), ("ru-RU,ru;q=0.9,en;q=0.8", .russian),
            ("en-US,en;q=0.9,ru;q=0.8", .english), ("de", .english), ("de, ru;q=0.1", .russian),
            ("ru;q=0, en;q=0.1", .english), ("*;q=0.5, ru;q=0.4", .english), ("EN", .english), ("RU-ru", .russian),
            ("rubbish", .english), ("ru;q=x", .english),
        ] as [(String?, Language)])
    func `The best language there is is taken`(field: String?, language: Language) {
        #expect(Language(accepting: field, fallback: .english) == language)
    }

    @Test func `Without a wish the configured language is taken`() {
        #expect(Language(accepting: nil, fallback: .russian) == .russian)
        #expect(Language(accepting: "de", fallback: .russian) == .russian)
        #expect(Language(accepting: "*", fallback: .russian) == .russian)
    }
}
