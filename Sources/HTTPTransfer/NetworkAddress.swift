/// An IPv4 or IPv6 address, by its bytes.
public struct NetworkAddress: Sendable, Hashable {
    /// Four or sixteen bytes in the network's order.
    public let bytes: [UInt8]

    /// The address of these bytes; nil unless there are four or sixteen.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Whether the address is one of the internet's, and none of this machine, its network or a purpose of its own.
    ///
    /// Refused are the blocks that IANA's special-purpose registries (RFC 6890) do not call globally reachable, multicast,
    /// and what carries an IPv4 address of that kind inside (IPv4-mapped, IPv4-compatible, NAT64, 6to4, Teredo): by those a
    /// request would reach what it may not.
    public var isPublic: Bool {
        if bytes.count == 4 { return !Self.isSpecial(bytes[...]) }
        guard let carried = carriedIPv4 else { return isGlobalUnicast }
        return !Self.isSpecial(carried)
    }

    /// The IPv4 address that this IPv6 address stands for.
    private var carriedIPv4: ArraySlice<UInt8>? {
        let leadingZeros = bytes.prefix { $0 == 0 }.count
        if leadingZeros >= 10, bytes[10] == 0xFF, bytes[11] == 0xFF { return bytes[12...] }
        if leadingZeros >= 12 { return bytes[12...] }
        if Array(bytes[..<12]) == [0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0] { return bytes[12...] }
        if bytes[0] == 0x20, bytes[1] == 0x02 { return bytes[2..<6] }
        return nil
    }

    /// Whether an IPv6 address is within 2000::/3, less what there is set apart.
    private var isGlobalUnicast: Bool {
        guard bytes[0] & 0xE0 == 0x20 else { return false }
        // 2001::/23: protocol assignments, Teredo among them; 2001:db8::/32 and 3fff::/20: documentation.
        if bytes[0] == 0x20, bytes[1] == 0x01 {
            if bytes[2] & 0xFE == 0 { return false }
            if bytes[2] == 0x0D, bytes[3] == 0xB8 { return false }
        }
        return !(bytes[0] == 0x3F && bytes[1] == 0xFF && bytes[2] & 0xF0 == 0)
    }

    /// IPv4's blocks that are not the internet's, with the bits that count.
    private static let special: [(block: UInt32, bits: UInt32)] = [
        (0x0000_0000, 8),  // this network
        (0x0A00_0000, 8),  // private
        (0x6440_0000, 10),  // shared by a provider's customers
        (0x7F00_0000, 8),  // this machine
        (0xA9FE_0000, 16),  // this link, where clouds keep their metadata
        (0xAC10_0000, 12),  // private
        (0xC000_0000, 24),  // protocol assignments
        (0xC000_0200, 24),  // documentation
        (0xC058_6300, 24),  // relays of 6to4
        (0xC0A8_0000, 16),  // private
        (0xC612_0000, 15),  // benchmarks
        (0xC633_6400, 24),  // documentation
        (0xCB00_7100, 24),  // documentation
        (0xE000_0000, 4),  // multicast
        (0xF000_0000, 4),  // reserved, and to all
    ]

    private static func isSpecial(_ four: ArraySlice<UInt8>) -> Bool {
        let value = four.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return special.contains { (value ^ $0.block) >> (32 - $0.bits) == 0 }
    }
}
