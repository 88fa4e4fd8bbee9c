package import NIOCore

/// Takes a `multipart/form-data` body apart while it comes in: a state machine without I/O.
///
/// Bytes go in through `append(_:)`, events come out of `next()`. Of a body of any size it holds the last chunk, and of
/// what came before that only what may be the beginning of a delimiter or the header of one part.
package struct MultipartParser: Sendable {
    package enum Event: Sendable, Equatable {
        /// A part begins; its content follows.
        case partBegan(PartHeader)
        /// Some more bytes of the part, at least one.
        case content(ByteBuffer)
        case partEnded
    }

    private enum State {
        /// Before the first delimiter; what stands there means nothing.
        case preamble
        /// Behind `--boundary`: either `--`, or the rest of the line.
        case afterDelimiter
        case header
        case content
        /// The delimiter behind the content was found; its end is still to be told.
        case contentEnded
        /// Behind the last delimiter; what stands there means nothing.
        case epilogue
    }

    private var state = State.preamble
    private var buffer: ByteBuffer
    private var skippedBytes = 0
    private let delimiter: [UInt8]
    private let limits: Limits

    package struct Limits: Sendable {
        /// The longest header of a part, in bytes.
        package var headerBytes: Int
        /// The longest text before the first delimiter, in bytes.
        package var preambleBytes: Int

        package init(headerBytes: Int = 8192, preambleBytes: Int = 8192) {
            self.headerBytes = headerBytes
            self.preambleBytes = preambleBytes
        }
    }

    package init(boundary: MultipartBoundary, limits: Limits = Limits()) {
        delimiter = Array("\r\n--".utf8) + Array(boundary.value.utf8)
        self.limits = limits
        // The first delimiter needs no line break before it; with this one, it looks like the others.
        buffer = ByteBuffer(string: "\r\n")
    }

    /// Whether the last delimiter was seen.
    package var isComplete: Bool {
        if case .epilogue = state { true } else { false }
    }

    /// Hands over the next bytes of the body. Call `next()` until it returns nil before the next ones.
    package mutating func append(_ chunk: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = chunk
        } else {
            buffer.discardReadBytes()
            buffer.writeImmutableBuffer(chunk)
        }
    }

    /// What comes next in the bytes so far; nil when more of them are needed.
    package mutating func next() throws(MultipartError) -> Event? {
        while true {
            switch state {
            case .preamble:
                guard try skipPreamble() else { return nil }
                state = .afterDelimiter
            case .afterDelimiter:
                guard let following = try readEndOfDelimiter() else { return nil }
                state = following
            case .header:
                guard let header = try readHeader() else { return nil }
                state = .content
                return .partBegan(header)
            case .content:
                return readContent()
            case .contentEnded:
                buffer.moveReaderIndex(forwardBy: delimiter.count)
                state = .afterDelimiter
                return .partEnded
            case .epilogue:
                buffer.clear()
                return nil
            }
        }
    }

    /// - Throws: `MultipartError.incomplete` when the body ended before its last delimiter.
    package func finish() throws(MultipartError) {
        guard isComplete else { throw .incomplete }
    }

    // MARK: - States

    private mutating func skipPreamble() throws(MultipartError) -> Bool {
        if let position = buffer.firstPosition(of: delimiter) {
            buffer.moveReaderIndex(forwardBy: position + delimiter.count)
            return true
        }
        let skipped = buffer.readableBytes - buffer.lengthOfTail(thatMayBegin: delimiter)
        buffer.moveReaderIndex(forwardBy: skipped)
        skippedBytes += skipped
        guard skippedBytes <= limits.preambleBytes else { throw .noDelimiter }
        return false
    }

    /// A delimiter ends with `--` (the last one) or a line break, before which there may be spaces.
    private mutating func readEndOfDelimiter() throws(MultipartError) -> State? {
        while let first: UInt8 = buffer.getInteger(at: buffer.readerIndex) {
            if first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
                buffer.moveReaderIndex(forwardBy: 1)
                skippedBytes += 1
                guard skippedBytes <= limits.preambleBytes + limits.headerBytes else { throw .malformed }
                continue
            }
            guard let second: UInt8 = buffer.getInteger(at: buffer.readerIndex + 1) else { return nil }
            switch (first, second) {
            case (UInt8(ascii: "-"), UInt8(ascii: "-")): return .epilogue
            // The line break stays: with it, a header without a line ends like one with lines.
            case (UInt8(ascii: "\r"), UInt8(ascii: "\n")): return .header
            default: throw .malformed
            }
        }
        return nil
    }

    private mutating func readHeader() throws(MultipartError) -> PartHeader? {
        guard let length = buffer.firstPosition(of: Self.endOfHeader) else {
            guard buffer.readableBytes <= limits.headerBytes else { throw .headerTooLarge(limit: limits.headerBytes) }
            return nil
        }
        guard length <= limits.headerBytes else { throw .headerTooLarge(limit: limits.headerBytes) }
        let bytes = buffer.readBytes(length: length) ?? []
        buffer.moveReaderIndex(forwardBy: Self.endOfHeader.count)
        return try PartHeader(bytes)
    }

    private mutating func readContent() -> Event? {
        let length: Int
        if let position = buffer.firstPosition(of: delimiter) {
            length = position
            state = .contentEnded
            if length == 0 {
                buffer.moveReaderIndex(forwardBy: delimiter.count)
                state = .afterDelimiter
                return .partEnded
            }
        } else {
            length = buffer.readableBytes - buffer.lengthOfTail(thatMayBegin: delimiter)
        }
        guard length > 0, let content = buffer.readSlice(length: length) else { return nil }
        return .content(content)
    }

    private static let endOfHeader = Array("\r\n\r\n".utf8)
}
