import Foundation
import Testing

/// What dlib made of the synthetic files: `Golden/dlib_reference.json` of `scripts/golden/dlib_reference.py`.
struct DlibReference: Decodable {
    struct Shape: Decodable {
        var box: [Double]
        var points: [[Double]]
    }

    struct Chip: Decodable {
        var height: Int
        var width: Int
        var landmarks: [[Double]]
        var crc32: UInt32
    }

    var fileCrc32: [String: UInt32]
    /// Left, top, right, bottom (all inclusive) and score, on the made-up photo of 240 rows and 320 columns.
    var detections: [[Double]]
    var landmarks: [Shape]
    /// Of the made-up photo of 150 × 150 as the chip.
    var descriptor: [Float]
    var chips: [Chip]

    static func load() throws -> DlibReference {
        let url = try #require(Bundle.module.url(forResource: "Golden/dlib_reference", withExtension: "json"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(DlibReference.self, from: Data(contentsOf: url))
    }
}

/// The usual CRC-32 (polynomial EDB88320), as zlib has it.
func crc32(_ bytes: [UInt8]) -> UInt32 {
    var table: [UInt32] = []
    for index in 0..<UInt32(256) {
        var value = index
        for _ in 0..<8 {
            let shifted = value >> 1
            value = value & 1 == 1 ? shifted ^ 0xEDB8_8320 : shifted
        }
        table.append(value)
    }
    var crc = UInt32.max
    for byte in bytes {
        crc = table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8)
    }
    return ~crc
}
