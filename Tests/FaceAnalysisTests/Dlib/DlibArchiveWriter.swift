/// Writes values as dlib's serialisation does, to make files for the readers.
struct DlibArchiveWriter {
    private(set) var bytes: [UInt8] = []

    mutating func integer(_ value: Int) {
        var magnitude = value.magnitude
        var digits: [UInt8] = []
        repeat {
            digits.append(UInt8(truncatingIfNeeded: magnitude))
            magnitude >>= 8
        } while magnitude > 0
        bytes.append(UInt8(digits.count) | (value < 0 ? 0x80 : 0))
        bytes += digits
    }

    mutating func integers(_ values: Int...) {
        for value in values { integer(value) }
    }

    mutating func real(_ value: Double) {
        let float = Float(value)
        guard float != 0 else { return integers(0, 0) }
        let mantissa = Int(float.significand * Float(1 << 23))
        integers(float.sign == .minus ? -mantissa : mantissa, Int(float.exponent) - 23)
    }

    mutating func reals(_ values: Double...) {
        for value in values { real(value) }
    }

    mutating func string(_ text: String) {
        integer(text.utf8.count)
        bytes += text.utf8
    }

    mutating func raw(_ text: String) { bytes += text.utf8 }

    mutating func tensor(_ values: [Double], perChannel: Bool = false) {
        integer(2)
        if values.isEmpty {
            integers(0, 0, 0, 0)
        } else if perChannel {
            integers(1, values.count, 1, 1)
        } else {
            integers(values.count, 1, 1, 1)
        }
        bytes += values.map(Float.init).withUnsafeBytes { Array($0) }
    }

    mutating func alias(_ shape: Int...) {
        integer(1)
        for dimension in shape { integer(dimension) }
    }

    mutating func column(_ values: [Double]) {
        integers(-values.count, -1)
        for value in values { real(value) }
    }
}
