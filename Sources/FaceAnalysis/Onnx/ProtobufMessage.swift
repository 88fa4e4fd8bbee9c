/// A protobuf message being written: fields in the order in which they are added.
package struct ProtobufMessage {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// A whole number that is not negative (wire type 0).
    package mutating func add(_ field: Int, _ value: Int) {
        varint(UInt64(field) << 3)
        varint(UInt64(value))
    }

    /// Raw bytes (wire type 2).
    package mutating func add(_ field: Int, _ value: [UInt8]) {
        varint(UInt64(field) << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    package mutating func add(_ field: Int, _ value: String) { add(field, Array(value.utf8)) }

    package mutating func add(_ field: Int, _ value: ProtobufMessage) { add(field, value.bytes) }

    /// Adds the fields of another message as if they had been added here.
    package mutating func append(_ fields: ProtobufMessage) { bytes += fields.bytes }

    /// Adds a field as it was read.
    package mutating func add(_ field: ProtobufField) {
        varint(UInt64(field.number) << 3 | UInt64(field.value.wireType))
        switch field.value {
        case .varint(let value): varint(value)
        case .bytes(let value):
            varint(UInt64(value.count))
            bytes += value
        case .fixed32(let value), .fixed64(let value): bytes += value
        }
    }

    /// Seven bits a byte, lowest first; the high bit says that more follow.
    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
