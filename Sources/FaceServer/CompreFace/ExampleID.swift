import FaceCore
import Foundation

/// A face as CompreFace's clients name it: a UUID (version 8, RFC 9562) that holds the face's number, so that nothing has to
/// be kept of it.
struct ExampleID: Hashable {
    let face: FaceID

    init(_ face: FaceID) { self.face = face }

    /// Nil for a UUID that is none of a face.
    init?(_ text: String) {
        guard let bytes = UUID(uuidString: text)?.uuid else { return nil }
        let number = [bytes.10, bytes.11, bytes.12, bytes.13, bytes.14, bytes.15].reduce(Int64(0)) {
            $0 << 8 | Int64($1)
        }
        face = FaceID(number)
        guard number > 0, self.text == text.lowercased() else { return nil }
    }

    /// Numbers beyond 2^48 there will not be.
    var text: String {
        func byte(_ place: Int64) -> UInt8 { UInt8(truncatingIfNeeded: face.rawValue >> (8 * place)) }
        let id = UUID(
            uuid: (
                0x6c, 0x69, 0x6b, 0x66, 0x61, 0x63, 0x80, 0x65, 0x80, 0x00, byte(5), byte(4), byte(3), byte(2), byte(1),
                byte(0)
            ))
        return id.uuidString.lowercased()
    }
}
