/// What a request is called in its answer and in the log.
enum RequestID {
    /// The sender's own if it has one that is safe to repeat, else 16 random hexadecimal digits.
    static func of(sender: String?) -> String {
        if let sender, (1...64).contains(sender.utf8.count), sender.utf8.allSatisfy(isSafe) { return sender }
        let number = UInt64.random(in: .min ... .max)
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
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
