/// A constant of an ONNX graph.
package struct OnnxTensor: Sendable, Equatable {
    /// What its numbers are; the raw value is ONNX' own.
    package enum Element: Int, Sendable {
        case float = 1
        case uint8 = 2
        case int8 = 3
        case int32 = 6
    }

    package let name: String
    package let dimensions: [Int]
    private let fields: [ProtobufField]

    /// - Returns: nil when the bytes are no tensor.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard let fields = ProtobufField.all(in: bytes) else { return nil }
        self.fields = fields
        name = fields.first { $0.number == 8 }?.text ?? ""
        dimensions = fields.filter { $0.number == 1 }.flatMap { $0.integers ?? [] }
    }

    /// A constant of numbers that lie in memory as ONNX wants them: little endian, as every supported machine has them.
    package init<Number>(_ name: String, _ element: Element, _ values: [Number], dimensions: [Int] = []) {
        self.name = name
        self.dimensions = dimensions
        fields =
            dimensions.map { ProtobufField(1, .varint(UInt64($0))) } + [
                ProtobufField(2, .varint(UInt64(element.rawValue))), ProtobufField(8, .bytes(Array(name.utf8)[...])),
                ProtobufField(9, .bytes(values.withUnsafeBytes { Array($0) }[...])),
            ]
    }

    /// The numbers of a tensor of 32-bit floats that lie in the file; nil for any other.
    package var floats: [Float]? {
        guard fields.first(where: { $0.number == 2 })?.integers == [Element.float.rawValue],
            !fields.contains(where: { $0.number == 13 })
        else { return nil }
        var count = 1
        for dimension in dimensions {
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: dimension)
            guard dimension >= 0, !isTooLarge, product <= 1 << 32 else { return nil }
            count = product
        }
        let raw = fields.first { $0.number == 9 }?.bytes ?? fields.first { $0.number == 4 }?.bytes
        guard let raw, raw.count == 4 * count else { return nil }
        return raw.withUnsafeBytes { bytes in
            (0..<count).map {
                Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
            }
        }
    }

    var message: ProtobufMessage {
        var message = ProtobufMessage()
        for field in fields { message.add(field) }
        return message
    }
}
