/// What a file that is no photo looks like, told by its first bytes.
public enum ForeignContent: String, Sendable, Hashable, CaseIterable {
    case pdf, html, xml, text, archive, program, video, audio, document

    /// With its article, to end a sentence.
    var phrase: String {
        switch self {
        case .pdf: "a PDF document"
        case .html: "a web page"
        case .xml: "an XML document"
        case .text: "text"
        case .archive: "an archive"
        case .program: "a program"
        case .video: "a video"
        case .audio: "a sound file"
        case .document: "an office document"
        }
    }

    /// What the bytes look like; nil when they look like nothing known.
    init?(firstBytes bytes: [UInt8]) {
        for (signature, content) in Self.signatures where bytes.starts(with: signature) {
            self = content
            return
        }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.count >= 12 {
            self = bytes[8..<12].elementsEqual("WAVE".utf8) ? .audio : .video
            return
        }
        guard let text = Self.text(bytes) else { return nil }
        let start = text.drop { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }.prefix(200).lowercased()
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.hasPrefix("<head") {
            self = .html
        } else if start.hasPrefix("<?xml") || start.hasPrefix("<!doctype") {
            self = .xml
        } else {
            self = .text
        }
    }

    private static let signatures: [([UInt8], ForeignContent)] = [
        (Array("%PDF".utf8), .pdf),
        ([0x50, 0x4B, 0x03, 0x04], .archive),
        ([0x50, 0x4B, 0x05, 0x06], .archive),
        ([0x1F, 0x8B], .archive),
        (Array("BZh".utf8), .archive),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], .archive),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive),
        ([0x28, 0xB5, 0x2F, 0xFD], .archive),
        (Array("Rar!".utf8), .archive),
        ([0x7F, 0x45, 0x4C, 0x46], .program),
        ([0x4D, 0x5A, 0x90, 0x00], .program),
        ([0x1A, 0x45, 0xDF, 0xA3], .video),
        ([0x00, 0x00, 0x01, 0xBA], .video),
        ([0x00, 0x00, 0x01, 0xB3], .video),
        (Array("ID3".utf8), .audio),
        (Array("OggS".utf8), .audio),
        (Array("fLaC".utf8), .audio),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .document),
    ]

    /// The beginning as text: UTF-8 without control characters; a character that the end cuts in two does not count.
    private static func text(_ bytes: [UInt8]) -> String? {
        var start = bytes.prefix(1024)
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        guard !start.isEmpty, !start.contains(where: { $0 < 0x20 && !(0x09...0x0D).contains($0) || $0 == 0x7F }) else {
            return nil
        }
        let complete = bytes.count <= 1024
        for cut in 0..<(complete ? 1 : 4) {
            if let text = String(validating: start.dropLast(cut), as: UTF8.self) { return text }
        }
        return nil
    }
}
