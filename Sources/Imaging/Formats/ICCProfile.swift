/// What has to be known of an embedded colour profile before it is used (ICC.1:2022, section 7).
struct ICCProfile {
    let bytes: [UInt8]

    /// Whether the profile's own description names sRGB, as those of most cameras and programs do.
    var isSRGB: Bool {
        let file = ByteReader(bytes: bytes)
        let tags = min(file.integer(at: 128, size: 4, bigEndian: true) ?? 0, 100)
        for index in 0..<tags {
            let entry = 132 + 12 * index
            guard let offset = file.integer(at: entry + 4, size: 4, bigEndian: true) else { return false }
            guard bytes.dropFirst(entry).starts(with: Array("desc".utf8)) else { continue }
            let description = bytes.dropFirst(offset)
            if description.starts(with: Array("mluc".utf8)) {
                // UTF-16; the first record's text, wherever it says that it lies.
                guard let start = file.integer(at: offset + 24, size: 4, bigEndian: true) else { return false }
                return description.dropFirst(start).starts(with: Array("\0s\0R\0G\0B".utf8))
            }
            return description.dropFirst(12).starts(with: Array("sRGB".utf8))
        }
        return false
    }
}
