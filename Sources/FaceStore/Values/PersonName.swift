import Foundation

/// A person's name that was checked: 1 to 255 characters without white space around them and without control characters.
public struct PersonName: Sendable, Hashable {
    /// Counted in Unicode code points, as databases and most clients count.
    public static let maximumLength = 255

    public let text: String

    /// Trims white space and checks what is left.
    ///
    /// - Throws: `FaceStoreError.nameIsEmpty`, `.nameIsTooLong` or `.nameHasControlCharacters`.
    public init(_ text: String) throws(FaceStoreError) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else { throw .nameIsEmpty }
        let length = trimmed.unicodeScalars.count
        guard length <= Self.maximumLength else { throw .nameIsTooLong(length: length) }
        guard !trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw .nameHasControlCharacters
        }
        self.text = trimmed
    }

    /// What is compared when names are searched: without regard to case and to accents, in any script.
    var searchKey: String { Self.searchKey(of: text) }

    /// Upper case first, so that letters with two lower-case forms (ς and σ) or a long upper-case one (ß) agree.
    static func searchKey(of text: String) -> String {
        let folded = text.uppercased().lowercased().decomposedStringWithCompatibilityMapping
        var key = String.UnicodeScalarView()
        for scalar in folded.unicodeScalars where !(0x0300...0x036F).contains(scalar.value) && scalar != "\0" {
            key.append(scalar)
        }
        return String(key)
    }
}
