import FaceCore
import Synchronization

/// Lets one large photo be in work at a time, so that memory has a bound however many threads there are. Shared by all
/// who decode photos in a process.
public final class LargePhotoTurn: Sendable {
    /// More pixels than this take so much memory that only one such photo is in work at a time.
    public static let pixels = 50_000_000

    private let lock = Mutex(())

    public init() {}

    /// Runs the work on a photo; on a large one when no other large one is in work.
    func taking<Value, Failure: Error>(
        _ header: PhotoMetadata, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        guard header.width * header.height > Self.pixels else { return try body() }
        return try lock.withLock { _ throws(Failure) in try body() }
    }
}
