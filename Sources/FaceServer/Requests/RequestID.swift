import Synchronization

/// What a request is called in its answer and in the log.
enum RequestID {
    /// The sender's own if it has one that is safe to repeat, else 16 hexadecimal digits that look random: no two
    /// requests of a process have the same.
    static func of(sender: String?) -> String {
        if let sender, (1...64).contains(sender.utf8.count), sender.utf8.allSatisfy(isSafe) { return sender }
        return digits(of: mixed(last.wrappingAdd(step, ordering: .relaxed).newValue))
    }

    /// The kernel is asked for chance once, not for every request.
    private static let last = Atomic<UInt64>(.random(in: .min ... .max))

    /// SplitMix64: steps of this odd number visit all numbers before one comes again, and `mixed` maps each of them to
    /// another one (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func mixed(_ number: UInt64) -> UInt64 {
        var number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        return number ^ (number >> 31)
    }

    private static func digits(of number: UInt64) -> String {
        String(unsafeUninitializedCapacity: 16) { bytes in
            for index in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * index)) & 15
                bytes[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return 16
        }
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
