import Foundation
import NIOCore

extension ByteBuffer {
    /// How many readable bytes stand before the first occurrence of `pattern`; nil when it does not occur.
    ///
    /// - Precondition: the pattern is not empty.
    func firstPosition(of pattern: [UInt8]) -> Int? {
        withUnsafeReadableBytes { bytes -> Int? in
            guard let start = bytes.baseAddress, bytes.count >= pattern.count else { return nil }
            let lastStart = bytes.count - pattern.count
            var position = 0
            while position <= lastStart {
                guard let hit = memchr(start + position, Int32(pattern[0]), lastStart - position + 1) else {
                    return nil
                }
                position = UnsafeRawPointer(hit) - start
                if memcmp(start + position, pattern, pattern.count) == 0 { return position }
                position += 1
            }
            return nil
        }
    }

    /// How many bytes at the end are a beginning of `pattern` and may become all of it with the bytes to come.
    func lengthOfTail(thatMayBegin pattern: [UInt8]) -> Int {
        withUnsafeReadableBytes { bytes in
            let longest = Swift.min(bytes.count, pattern.count - 1)
            for length in stride(from: longest, to: 0, by: -1)
            where bytes.suffix(length).elementsEqual(pattern.prefix(length)) {
                return length
            }
            return 0
        }
    }
}
