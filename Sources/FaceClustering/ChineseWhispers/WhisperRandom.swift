/// The random numbers that dlib's Chinese whispers draw: two outputs of a Mersenne twister (MT19937; Matsumoto and
/// Nishimura 1998) a number, the first 10,000 outputs left out.
struct WhisperRandom {
    private static let length = 624
    private static let distance = 397

    private var state: [UInt32]
    private var next32 = Self.length

    init(seed: UInt32) {
        state = [seed]
        for index in 1..<Self.length {
            let last = state[index - 1]
            state.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(index))
        }
        for _ in 0..<10_000 { _ = word() }
    }

    mutating func next() -> UInt64 {
        let high = UInt64(word())
        return high << 32 | UInt64(word())
    }

    private mutating func word() -> UInt32 {
        if next32 == Self.length { refill() }
        var word = state[next32]
        next32 += 1
        word ^= word >> 11
        word ^= (word << 7) & 0x9D2C_5680
        word ^= (word << 15) & 0xEFC6_0000
        return word ^ (word >> 18)
    }

    private mutating func refill() {
        for index in 0..<Self.length {
            let mixed =
                (state[index] & 0x8000_0000) | (state[(index + 1) % Self.length] & 0x7FFF_FFFF)
            let twisted = (mixed >> 1) ^ (mixed & 1 == 0 ? 0 : 0x9908_B0DF)
            state[index] = state[(index + Self.distance) % Self.length] ^ twisted
        }
        next32 = 0
    }
}
