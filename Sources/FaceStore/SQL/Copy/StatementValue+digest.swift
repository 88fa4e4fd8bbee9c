import Crypto
import Foundation

extension StatementValue {
    /// Adds a byte for what it is, its length, and itself: two rows of values never give the same bytes.
    func add(to hash: inout SHA256) {
        switch self {
        case .integer(nil), .real(nil), .text(nil), .bytes(nil): Self.add("0", [], to: &hash)
        case .integer(let number?): Self.add("i", Self.bytes(UInt64(bitPattern: number)), to: &hash)
        case .real(let number?): Self.add("r", Self.bytes(number.bitPattern), to: &hash)
        case .text(let text?): Self.add("t", Array(text.utf8), to: &hash)
        case .bytes(let data?), .binary(let data): Self.add("b", Array(data), to: &hash)
        }
    }

    private static func add(_ kind: Unicode.Scalar, _ bytes: [UInt8], to hash: inout SHA256) {
        hash.update(data: [UInt8(ascii: kind)] + Self.bytes(UInt64(bytes.count)))
        hash.update(data: bytes)
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
    }
}
