import Synchronization

/// Where the pieces of an export come from.
protocol ExportSource: Sendable {
    /// The next piece, at least one byte; nil at the end.
    mutating func next() throws(LibraryError) -> [UInt8]?
}

/// What is exported, as bytes that are made while they are read: never all of them are in memory.
///
/// It reads the library as it goes. What is changed meanwhile may be in it as it was or as it is.
public final class ExportStream: Sendable {
    /// How many bytes it has altogether; nil when that shows only at its end.
    public let byteCount: Int?
    /// One reader at a time, who may come from another thread for each piece.
    private let source: Mutex<any ExportSource>

    init(_ source: any ExportSource, byteCount: Int? = nil) {
        self.source = Mutex(source)
        self.byteCount = byteCount
    }

    /// The next piece, at least one byte; nil at the end. Blocks on the disk.
    ///
    /// - Throws: `LibraryError.exportInterrupted`, `.store`.
    public func next() throws(LibraryError) -> [UInt8]? {
        try source.withLock { source throws(LibraryError) in try source.next() }
    }
}
