extension ExifReader {
    /// `2024:05:31 18:03:59` as `2024-05-31T18:03:59`; nil when no camera can have meant it.
    static func localTime(_ text: String) -> String? {
        let parts = text.split { ":-/ T".contains($0) }
        guard parts.count >= 6, parts[0].count == 4 else { return nil }
        let numbers = parts.prefix(6).compactMap { Int($0.prefix(while: \.isASCIIDigit)) }
        guard numbers.count == 6 else { return nil }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        // From the oldest photograph that is left to a clock that is set wrong by a little.
        guard (1826...2199).contains(year), (1...12).contains(month), (1...days(month, year)).contains(day),
            (0...23).contains(numbers[3]), (0...59).contains(numbers[4]), (0...59).contains(numbers[5])
        else { return nil }
        let padded = numbers.map { $0 < 10 ? "0\($0)" : String($0) }
        return "\(padded[0])-\(padded[1])-\(padded[2])T\(padded[3]):\(padded[4]):\(padded[5])"
    }

    /// `+03:00` in minutes east of UTC; `Z` is 0; nil beyond the 14 hours that occur on Earth.
    static func offset(_ text: String) -> Int? {
        if text == "Z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
        let parts = text.dropFirst().split(separator: ":")
        guard parts.count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]),
            (0...14).contains(hours), (0...59).contains(minutes), hours * 60 + minutes <= 14 * 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
