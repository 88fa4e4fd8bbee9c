public import Foundation

extension TaskID {
    /// As it is written in paths and in the API: 36 characters, lower case, with hyphens.
    public var name: String {
        withUnsafeBytes(of: uuid) { bytes in
            String(unsafeUninitializedCapacity: Self.nameLength) { name in
                var next = 0
                for (index, byte) in bytes.enumerated() {
                    if Self.isHyphenated(index) {
                        name[next] = UInt8(ascii: "-")
                        next += 1
                    }
                    name[next] = Self.digit(byte >> 4)
                    name[next + 1] = Self.digit(byte & 15)
                    next += 2
                }
                return next
            }
        }
    }

    /// Reads a `name`, in upper case too; nil when it is none. `UUID(uuidString:)` does the same ten times slower, and a
    /// task is asked for by name very often.
    public init?(name: String) {
        var bytes = uuid_t(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        let isName = withUnsafeMutableBytes(of: &bytes) { bytes in
            var name = name.utf8.makeIterator()
            for index in bytes.indices {
                if Self.isHyphenated(index), name.next() != UInt8(ascii: "-") { return false }
                guard let high = name.next().flatMap(Self.value(ofDigit:)),
                    let low = name.next().flatMap(Self.value(ofDigit:))
                else { return false }
                bytes[index] = high << 4 | low
            }
            return name.next() == nil
        }
        guard isName else { return nil }
        self.init(uuid: bytes)
    }

    private static let nameLength = 36

    /// Whether a hyphen stands before a byte.
    private static func isHyphenated(_ index: Int) -> Bool { index == 4 || index == 6 || index == 8 || index == 10 }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(ofDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
