import Foundation

/// What stands above the content of a part of a multipart form.
package struct PartHeader: Sendable, Equatable {
    /// The name of the form's field.
    package let name: String
    /// The name that the sender has for the file, for display only; nil for a field that is no file. It may be empty
    /// and may hold anything, also `../`.
    package let fileName: String?

    package init(name: String, fileName: String? = nil) {
        self.name = name
        self.fileName = fileName
    }

    /// Reads the lines between a delimiter and the content, each with a line break before it.
    init(_ bytes: [UInt8]) throws(MultipartError) {
        guard let disposition = try Self.contentDisposition(in: Self.text(bytes)) else { throw .malformed }
        let field = ParameterizedField(disposition)
        guard field.value.lowercased() == "form-data", let name = field.parameters["name"] else { throw .malformed }
        self.name = name
        if let extended = field.parameters["filename*"].flatMap(Self.extendedValue) {
            fileName = extended
        } else {
            fileName = field.parameters["filename"].map(Self.withoutFormEscapes)
        }
    }

    /// UTF-8 where the bytes are that, else one character a byte, as old senders mean it.
    private static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func contentDisposition(in header: String) throws(MultipartError) -> String? {
        var found: String?
        var isContinued = false
        // "\r\n" is one character for Swift.
        for line in header.split(separator: "\r\n") {
            if let first = line.first, first == " " || first == "\t" {
                if isContinued { found? += line }
                continue
            }
            guard let colon = line.firstIndex(of: ":") else { throw .malformed }
            isContinued = line[..<colon].lowercased() == "content-disposition"
            if isContinued { found = String(line[line.index(after: colon)...]).trimmedOfSpaces }
        }
        return found
    }

    /// RFC 8187: `UTF-8'en'%D0%98%D0%B2.jpg`. Nil when it is not that.
    private static func extendedValue(_ text: String) -> String? {
        let pieces = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, let bytes = PercentEncoding.decodedBytes(pieces[2]) else { return nil }
        switch pieces[0].lowercased() {
        case "utf-8": return String(validating: bytes, as: UTF8.self)
        case "iso-8859-1": return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        default: return nil
        }
    }

    /// Browsers write a quote and line breaks in a file's name as `%22`, `%0D` and `%0A`, and nothing else that way.
    private static func withoutFormEscapes(_ name: String) -> String {
        guard name.contains("%") else { return name }
        return name.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }
}
