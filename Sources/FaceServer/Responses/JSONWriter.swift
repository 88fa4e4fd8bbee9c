package import FaceCore
package import Foundation
package import NIOCore

/// Writes JSON into a buffer, fields in the order in which they are named.
///
/// Answers are written by hand rather than by `JSONEncoder`: the field names stand where they are filled, the order is
/// the documented one, and a list of a thousand faces costs a fraction of the time.
package struct JSONWriter {
    package private(set) var buffer: ByteBuffer
    private var needsComma = false

    package init(capacity: Int = 512) {
        buffer = ByteBuffer()
        buffer.reserveCapacity(capacity)
    }

    /// The bytes of one JSON value that `body` writes.
    package static func bytes(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        body(&writer)
        return Array(writer.buffer.readableBytesView)
    }

    // MARK: - Values

    package mutating func object(_ fields: (inout JSONWriter) -> Void) {
        beginValue()
        buffer.writeInteger(UInt8(ascii: "{"))
        needsComma = false
        fields(&self)
        buffer.writeInteger(UInt8(ascii: "}"))
        needsComma = true
    }

    package mutating func array<Elements: Sequence>(
        _ elements: Elements, _ element: (inout JSONWriter, Elements.Element) -> Void
    ) {
        beginValue()
        buffer.writeInteger(UInt8(ascii: "["))
        needsComma = false
        for each in elements { element(&self, each) }
        buffer.writeInteger(UInt8(ascii: "]"))
        needsComma = true
    }

    package mutating func value(_ text: String) {
        beginValue()
        writeQuoted(text)
    }

    package mutating func value(_ number: some FixedWidthInteger) {
        beginValue()
        buffer.writeString(String(number))
    }

    /// A number that is not finite becomes null, since JSON has none of that kind.
    package mutating func value(_ number: Double) {
        guard number.isFinite else { return null() }
        beginValue()
        if number == number.rounded(), abs(number) < 1e15 {
            buffer.writeString(String(Int64(number)))
        } else {
            buffer.writeString(number.description)
        }
    }

    package mutating func value(_ flag: Bool) {
        beginValue()
        buffer.writeString(flag ? "true" : "false")
    }

    package mutating func null() {
        beginValue()
        buffer.writeString("null")
    }

    // MARK: - Fields of an object

    /// Begins a field; its value comes next.
    package mutating func name(_ name: StaticString) {
        beginValue()
        buffer.writeInteger(UInt8(ascii: "\""))
        buffer.writeStaticString(name)
        buffer.writeString("\":")
        needsComma = false
    }

    /// A field whose name is known only now.
    package mutating func field(dynamic name: String, _ text: String) {
        beginValue()
        writeQuoted(name)
        buffer.writeInteger(UInt8(ascii: ":"))
        needsComma = false
        value(text)
    }

    package mutating func field(_ name: StaticString, _ text: String?) {
        self.name(name)
        if let text { value(text) } else { null() }
    }

    package mutating func field(_ name: StaticString, _ number: some FixedWidthInteger) {
        self.name(name)
        value(number)
    }

    package mutating func field(_ name: StaticString, _ number: Double) {
        self.name(name)
        value(number)
    }

    package mutating func field(_ name: StaticString, _ flag: Bool) {
        self.name(name)
        value(flag)
    }

    package mutating func field<Kind>(_ name: StaticString, _ id: Identifier<Kind>?) {
        self.name(name)
        if let id { value(id.rawValue) } else { null() }
    }

    package mutating func field(_ name: StaticString, _ date: Date?) {
        self.name(name)
        if let date { value(RFC3339.string(from: date)) } else { null() }
    }

    package mutating func field(_ name: StaticString, object fields: (inout JSONWriter) -> Void) {
        self.name(name)
        object(fields)
    }

    /// A field whose value `write` writes.
    package mutating func field(_ name: StaticString, value write: (inout JSONWriter) -> Void) {
        self.name(name)
        write(&self)
    }

    package mutating func field<Elements: Sequence>(
        _ name: StaticString, array elements: Elements, _ element: (inout JSONWriter, Elements.Element) -> Void
    ) {
        self.name(name)
        array(elements, element)
    }

    // MARK: - Bytes

    private mutating func beginValue() {
        if needsComma { buffer.writeInteger(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func writeQuoted(_ text: String) {
        buffer.writeInteger(UInt8(ascii: "\""))
        if text.utf8.allSatisfy({ $0 >= 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            buffer.writeString(text)
        } else {
            for byte in text.utf8 { writeEscaped(byte) }
        }
        buffer.writeInteger(UInt8(ascii: "\""))
    }

    private mutating func writeEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): buffer.writeString("\\\"")
        case UInt8(ascii: "\\"): buffer.writeString("\\\\")
        case UInt8(ascii: "\n"): buffer.writeString("\\n")
        case UInt8(ascii: "\r"): buffer.writeString("\\r")
        case UInt8(ascii: "\t"): buffer.writeString("\\t")
        case 0..<16: buffer.writeString("\\u000" + String(byte, radix: 16))
        case 16..<32: buffer.writeString("\\u00" + String(byte, radix: 16))
        default: buffer.writeInteger(byte)
        }
    }
}
