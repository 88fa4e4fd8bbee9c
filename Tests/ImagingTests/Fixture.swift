import FaceCore
import Foundation
import Imaging
import Testing

/// The committed pictures and what they show; the scripts that made them are in scripts/golden.
enum Fixture {
    static func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: url(name)))
    }

    static func path(_ name: String) throws -> String { try url(name).path }

    static func decoded<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: url(name)))
    }

    static func photo(_ name: String) throws -> Photo {
        try PhotoDecoder().decode(bytes(name)).photo
    }

    private static func url(_ name: String) throws -> URL {
        try #require(Bundle.module.resourceURL).appendingPathComponent("Golden").appendingPathComponent(name)
    }
}

/// What photos.json says of a picture: its four quarters (top left, top right, bottom left, bottom right) are flat.
struct ExpectedPhoto: Decodable {
    var format: PhotoFormat
    var width: Int
    var height: Int
    var tolerance: Int
    var quarters: [[Int]]
    var takenAt: String?
    var utcOffsetMinutes: Int?
    var camera: String?

    static func all() throws -> [String: ExpectedPhoto] {
        try Fixture.decoded([String: ExpectedPhoto].self, from: "photos.json")
    }
}

extension Photo {
    func pixel(_ x: Int, _ y: Int) -> [Int] {
        let start = 3 * (y * width + x)
        return pixels[start..<(start + 3)].map(Int.init)
    }

    /// The pixels in the middle of each quarter, in the order of `ExpectedPhoto.quarters`.
    var quarters: [[Int]] {
        [height / 4, height * 3 / 4].flatMap { y in [width / 4, width * 3 / 4].map { pixel($0, y) } }
    }

    /// The largest difference of any channel of any pixel; nil when the sizes differ.
    func largestDifference(to other: Photo) -> Int? {
        guard width == other.width, height == other.height else { return nil }
        return zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max()
    }
}

/// A generator of numbers that a seed repeats (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A chunk of a PNG file, with the check sum that readers insist on.
enum PNGChunk {
    static func bytes(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return bigEndian(UInt32(content.count)) + body + bigEndian(checkSum(body))
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    private static func checkSum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
