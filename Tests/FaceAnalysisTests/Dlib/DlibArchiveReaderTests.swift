import Testing

@testable import FaceAnalysis

@Suite struct DlibArchiveReaderTests {
    private func reader(_ bytes: UInt8...) -> DlibArchiveReader { DlibArchiveReader(bytes) }

    @Test func `Integers have a sign and up to eight bytes`() throws {
        var values = reader(0x01, 0x50, 0x02, 0xC0, 0x04, 0x81, 0x0A, 0x01, 0x00)
        #expect(try values.integer() == 80)
        #expect(try values.integer() == 1216)
        #expect(try values.integer() == -10)
        #expect(try values.integer() == 0)
        try values.expectEnd()
    }

    @Test func `Reals are a mantissa and an exponent of two`() throws {
        var values = reader(0x01, 0x10, 0x81, 0x04, 0x03, 0x62, 0x90, 0xF5, 0x81, 0x11, 0x81, 0x03, 0x01, 0x02)
        #expect(try values.real() == 1)
        #expect(Float(try values.real()) == 122.782)
        #expect(try values.real() == -12)
    }

    @Test func `What is written comes back`() throws {
        var file = DlibArchiveWriter()
        file.string("relu_")
        file.raw("10")
        file.tensor([1.5, -2, 0.1])
        file.column([0.25, -3])
        file.alias(1, 16, 5, 5)
        var values = DlibArchiveReader(file.bytes)
        #expect(try values.string() == "relu_")
        #expect(try values.boolean())
        #expect(try !values.boolean())
        #expect(try values.tensor() == [1.5, -2, 0.1])
        #expect(try values.column(rows: 2) == [0.25, -3])
        try values.expectAlias(shape: [1, 16, 5, 5])
        try values.expectEnd()
    }

    @Test func `A value that the file cuts off is an error with its place`() {
        for bytes: [UInt8] in [[], [0x02, 0xC0], [0x08, 1, 2, 3, 4, 5, 6, 7]] {
            var values = DlibArchiveReader(bytes)
            #expect(throws: DlibFormatError(offset: 0, reason: .truncated)) { try values.integer() }
        }
        var second = reader(0x01, 0x50, 0x04, 0x01)
        #expect(throws: DlibFormatError(offset: 2, reason: .truncated)) {
            _ = try second.integer()
            _ = try second.integer()
        }
    }

    @Test func `Bytes that dlib never writes are refused`() {
        for header: UInt8 in [0x00, 0x09, 0x0F, 0x11, 0x71] {
            var values = DlibArchiveReader([header] + [UInt8](repeating: 0, count: 16))
            #expect(throws: DlibFormatError(offset: 0, reason: .badInteger)) { try values.integer() }
        }
        var large = DlibArchiveReader([0x08] + [UInt8](repeating: 0xFF, count: 8))
        #expect(throws: DlibFormatError(offset: 0, reason: .badInteger)) { try large.integer() }
        var infinity = reader(0x01, 0x00, 0x02, 0x00, 0x7D)
        #expect(throws: DlibFormatError(offset: 0, reason: .badReal)) { try infinity.real() }
        var boolean = reader(0x01)
        #expect(throws: DlibFormatError(offset: 0, reason: .badBoolean)) { try boolean.boolean() }
        let leftOver = reader(0x01)
        #expect(throws: DlibFormatError(offset: 0, reason: .bytesLeftOver(1))) { try leftOver.expectEnd() }
    }

    @Test func `A list longer than the file is refused before anything is allocated for it`() {
        var string = reader(0x04, 0xFF, 0xFF, 0xFF, 0x7F, 0x41)
        #expect(throws: DlibFormatError(offset: 0, reason: .countTooLarge(0x7FFF_FFFF))) { try string.string() }
        var negative = reader(0x81, 0x05, 0x41)
        #expect(throws: DlibFormatError(offset: 0, reason: .countTooLarge(-5))) { try negative.string() }
        var file = DlibArchiveWriter()
        file.integers(2, 1 << 40, 1 << 40, 1, 1)
        var tensor = DlibArchiveReader(file.bytes)
        #expect(throws: DlibFormatError.self) { try tensor.tensor() }
        var short = DlibArchiveWriter()
        short.integers(2, 1_000_000_000, 1, 1, 1)
        var tooShort = DlibArchiveReader(short.bytes)
        #expect(throws: DlibFormatError(offset: 2, reason: .countTooLarge(1_000_000_000))) { try tooShort.tensor() }
    }

    @Test func `An error says in a sentence where the file is wrong`() {
        let reasons: [DlibFormatError.Reason] = [
            .truncated, .badInteger, .badReal, .badBoolean, .countTooLarge(9), .unexpectedTag(expected: "relu_"),
            .unexpectedValue(what: "a stride", expected: 2, found: 3), .indexOutOfRange(7), .bytesLeftOver(4),
        ]
        let messages = reasons.map { DlibFormatError(offset: 42, reason: $0).message }
        #expect(Set(messages).count == reasons.count)
        #expect(messages.allSatisfy { $0.contains("byte 42") && $0.hasSuffix(".") })
    }
}
