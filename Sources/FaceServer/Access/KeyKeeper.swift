import FaceLibrary
import FaceStore
import Logging
import ServiceLifecycle

/// Keeps the ring of keys in step with the library, whoever changes them: another server, or `lik keys` beside this one.
/// And writes what was asked for into the log of requests.
struct KeyKeeper: Service {
    let library: Library
    let ring: KeyRing
    let calls: BlockingCalls
    let logger: Logger

    /// How long a key that was revoked elsewhere is in force here at most.
    private static let pace = Duration.seconds(1)

    func run() async throws {
        let (library, ring) = (library, ring)
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let lost = try await calls.run {
                        try ring.refresh(from: library)
                        return try library.trail.write(to: library.store.audit)
                    }
                    if lost > 0 {
                        logger.warning("Requests came faster than they could be logged", metadata: ["lost": "\(lost)"])
                    }
                } catch {
                    // A database that is away is told of elsewhere; what is known of keys holds until it is back.
                    logger.debug("Keys could not be read: \(error)")
                }
                try? await Task.sleep(for: Self.pace)
            }
        }
        // What was asked for last; the threads for such calls may have gone by now.
        _ = try? library.trail.write(to: library.store.audit)
    }
}
