/// A field of a protobuf message, as it was read.
package struct ProtobufField: Sendable, Equatable {
    package enum Value: Sendable, Equatable {
        case varint(UInt64)
        /// A string, a message, or numbers in a row.
        case bytes(ArraySlice<UInt8>)
        case fixed32(ArraySlice<UInt8>)
        case fixed64(ArraySlice<UInt8>)

        var wireType: Int {
            switch self {
            case .varint: 0
            case .fixed64: 1
            case .bytes: 2
            case .fixed32: 5
            }
        }
    }

    package let number: Int
    package let value: Value

    package init(_ number: Int, _ value: Value) {
        self.number = number
        self.value = value
    }

    /// A message's fields in their order; nil when the bytes are no message.
    package static func all(in message: ArraySlice<UInt8>) -> [ProtobufField]? {
        var reader = ProtobufReader(rest: message)
        var fields: [ProtobufField] = []
        while !reader.rest.isEmpty {
            guard let field = reader.field() else { return nil }
            fields.append(field)
        }
        return fields
    }

    /// A string or message; nil for a number.
    package var bytes: ArraySlice<UInt8>? {
        if case .bytes(let bytes) = value { bytes } else { nil }
    }

    package var text: String? { bytes.flatMap { String(validating: $0, as: UTF8.self) } }

    /// The whole numbers of a repeated field: one, or several in a row.
    package var integers: [Int]? {
        switch value {
        case .varint(let value): return [Int(truncatingIfNeeded: value)]
        case .bytes(let bytes):
            var reader = ProtobufReader(rest: bytes)
            var numbers: [Int] = []
            while !reader.rest.isEmpty {
                guard let number = reader.varint() else { return nil }
                numbers.append(Int(truncatingIfNeeded: number))
            }
            return numbers
        case .fixed32, .fixed64: return nil
        }
    }
}

private struct ProtobufReader {
    var rest: ArraySlice<UInt8>

    mutating func field() -> ProtobufField? {
        guard let key = varint(), key >> 3 > 0, let number = Int(exactly: key >> 3) else { return nil }
        switch key & 7 {
        case 0: return varint().map { ProtobufField(number, .varint($0)) }
        case 1: return take(8).map { ProtobufField(number, .fixed64($0)) }
        case 2:
            guard let length = varint().flatMap({ Int(exactly: $0) }) else { return nil }
            return take(length).map { ProtobufField(number, .bytes($0)) }
        case 5: return take(4).map { ProtobufField(number, .fixed32($0)) }
        default: return nil
        }
    }

    mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}
