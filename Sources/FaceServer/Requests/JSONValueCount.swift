import Foundation

/// How many values a JSON text has, told from its commas without taking it apart.
enum JSONValueCount {
    /// Whether there are no more values than a limit, as far as commas between them tell; brackets and colons count too, so
    /// that nothing can be nested without end. Texts are passed over as fast as memory is read.
    static func isWithin(_ limit: Int, _ json: Data) -> Bool {
        json.withUnsafeBytes { bytes in
            var count = 0
            var place = 0
            while place < bytes.count {
                switch bytes[place] {
                case UInt8(ascii: "\""): place = end(ofTextAt: place, in: bytes)
                case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ":"):
                    count += 1
                    if count > limit { return false }
                default: break
                }
                place += 1
            }
            return true
        }
    }

    /// Where a text's closing quotation mark is; the end when there is none.
    private static func end(ofTextAt start: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        guard let base = bytes.baseAddress else { return bytes.count }
        var place = start + 1
        while place < bytes.count {
            guard let found = memchr(base + place, Int32(UInt8(ascii: "\"")), bytes.count - place) else {
                return bytes.count
            }
            let quote = base.distance(to: UnsafeRawPointer(found))
            var escape = quote
            while escape > start + 1, bytes[escape - 1] == UInt8(ascii: "\\") { escape -= 1 }
            if (quote - escape).isMultiple(of: 2) { return quote }
            place = quote + 1
        }
        return bytes.count
    }
}
