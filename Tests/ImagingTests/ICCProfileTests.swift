import Testing

@testable import Imaging

@Suite struct ICCProfileTests {
    /// A profile with nothing but a description, of version 2 (ASCII) or 4 (UTF-16).
    private func profile(_ name: String, isNew: Bool) -> ICCProfile {
        func number(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
        let text = isNew ? Array(name.utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } : Array(name.utf8) + [0]
        let tag =
            isNew
            ? Array("mluc\0\0\0\0".utf8) + number(1) + number(12) + Array("enUS".utf8) + number(text.count) + number(28)
            : Array("desc\0\0\0\0".utf8) + number(text.count)
        let head = [UInt8](repeating: 0, count: 128) + number(1) + Array("desc".utf8)
        return ICCProfile(bytes: head + number(144) + number(tag.count + text.count) + tag + text)
    }

    @Test(arguments: [
        ("sRGB IEC61966-2.1", true), ("sRGB", true), ("sRGB built-in", true), ("Display P3", false),
        ("Adobe RGB (1998)", false), ("sRGB-elle-V2-g10.icc", false), ("scRGB", false), ("", false),
    ])
    func `Only profiles that are named sRGB are taken for it`(name: String, expected: Bool) {
        #expect(profile(name, isNew: false).isSRGB == expected)
        #expect(profile(name, isNew: true).isSRGB == expected)
    }

    @Test func `A profile that is cut off anywhere is none`() {
        let whole = profile("sRGB", isNew: true).bytes
        for count in 0..<whole.count { #expect(!ICCProfile(bytes: Array(whole.prefix(count))).isSRGB) }
    }
}
