/// What has to be known of an embedded colour profile before it is used (ICC.1:2001-04 and ICC.1:2022).
struct ICCProfile {
    private static let namesOfSRGB: Set<String> = [
        "sRGB", "sRGB built-in", "sRGB2014", "GIMP built-in sRGB", "Artifex Software sRGB ICC Profile",
        "IEC 61966-2-1 Default RGB Colour Space - sRGB", "IEC 61966-2.1 Default RGB colour space - sRGB",
    ]

    let bytes: [UInt8]

    /// Whether the profile calls itself sRGB, as those of most cameras and programs do. Names that only contain the word
    /// do not count: there are linear variants of it.
    var isSRGB: Bool {
        guard let name = description else { return false }
        return Self.namesOfSRGB.contains(name) || name.hasPrefix("sRGB IEC61966-2")
    }

    /// The profile's name for people, from its `desc` tag of either version; nil when that is broken or too long.
    private var description: String? {
        let file = ByteReader(bytes: bytes)
        func number(_ position: Int) -> Int? { file.integer(at: position, size: 4, bigEndian: true) }
        let tags = min(number(128) ?? 0, 100)
        guard let entry = (0..<tags).map({ 132 + 12 * $0 }).first(where: { holds("desc", at: $0) }),
            let tag = number(entry + 4)
        else { return nil }
        if holds("desc", at: tag), let length = number(tag + 8), let text = slice(tag + 12, length) {
            return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard holds("mluc", at: tag), let length = number(tag + 20), let start = number(tag + 24),
            let text = slice(tag + start, length)
        else { return nil }
        let units = stride(from: text.startIndex, to: text.endIndex - 1, by: 2)
        return String(
            decoding: units.map { UInt16(text[$0]) << 8 | UInt16(text[$0 + 1]) }.prefix { $0 != 0 }, as: UTF16.self)
    }

    private func holds(_ name: String, at position: Int) -> Bool { bytes.dropFirst(position).starts(with: name.utf8) }

    private func slice(_ start: Int, _ length: Int) -> ArraySlice<UInt8>? {
        guard length <= 400, start <= bytes.count, length <= bytes.count - start else { return nil }
        return bytes[start..<(start + length)]
    }
}
