import CVips

/// One line of text as coverage: 0 (no ink) to 255 for each pixel, row by row.
struct TextMask {
    /// Families that Pango tries in turn; what none of them has (CJK) comes from whichever font has it.
    private static let families = "Noto Sans,DejaVu Sans,Sans Bold"
    private static let longestText = 80

    let width: Int
    let height: Int
    let coverage: [UInt8]

    /// Draws plain text, about `size` pixels high; line breaks become spaces and long text is cut with an ellipsis.
    ///
    /// - Returns: nil when there is nothing to see in the text.
    /// - Throws: `ImagingError.textNotDrawn`.
    init?(_ text: String, size: Int) throws(ImagingError) {
        try VipsLibrary.start()
        let line = Self.line(text)
        guard !line.isEmpty else { return nil }
        var width: Int32 = 0
        var height: Int32 = 0
        guard let mask = lik_draw_text(line, Self.families, Int32(size), &width, &height) else {
            throw .textNotDrawn(line)
        }
        defer { lik_free(mask) }
        self.width = Int(width)
        self.height = Int(height)
        coverage = Array(UnsafeBufferPointer(start: mask, count: Int(width) * Int(height)))
    }

    private static func line(_ text: String) -> String {
        let printable = text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control || scalar.properties.isWhitespace ? " " : scalar
        }
        let words = String(String.UnicodeScalarView(printable)).split(separator: " ").joined(separator: " ")
        return words.count <= longestText ? words : words.prefix(longestText - 1) + "…"
    }
}
