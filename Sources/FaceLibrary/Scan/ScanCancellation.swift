import Synchronization

/// Asks a scan to stop after the photos that are in work. Safe to use from any thread and from a signal's handler.
public final class ScanCancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    public init() {}

    public func cancel() { flag.store(true, ordering: .releasing) }
    public var isCancelled: Bool { flag.load(ordering: .acquiring) }
}
