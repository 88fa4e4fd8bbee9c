/// What a browser is to call a file that it saves (RFC 6266): once in plain ASCII for old ones, once as it is.
package struct AttachmentName: Sendable, Hashable {
    /// The value of `Content-Disposition`.
    package let field: String

    package init(_ name: String) {
        var plain = ""
        for scalar in name.unicodeScalars {
            let isPlain = (0x20..<0x7F).contains(scalar.value) && scalar != "\"" && scalar != "\\" && scalar != "%"
            plain.unicodeScalars.append(isPlain ? scalar : "_")
        }
        field = "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(Self.encoded(name))"
    }

    /// RFC 8187: all but the characters of a token as `%D0`.
    private static func encoded(_ name: String) -> String {
        var text = ""
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}
