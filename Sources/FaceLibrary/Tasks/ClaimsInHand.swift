import FaceCore
import FaceStore
import Synchronization

/// The photos that the workers of this process have claimed and not finished.
final class ClaimsInHand: Sendable {
    private let claims = Mutex<[LeaseID: ClaimedPhoto]>([:])

    var count: Int { claims.withLock { $0.count } }

    func insert(_ claim: ClaimedPhoto) {
        claims.withLock { $0[claim.lease] = claim }
    }

    func remove(_ claim: ClaimedPhoto) {
        claims.withLock { $0[claim.lease] = nil }
    }

    /// Renews the leases; one that was lost is left to its worker, who will notice when it finishes.
    func renewAll(in queue: any TaskQueue, lease: Duration) {
        for claim in claims.withLock({ Array($0.values) }) {
            // A renewal that fails is tried again long before the lease runs out.
            _ = try? queue.renew(claim, lease: lease)
        }
    }

    /// Queues the photos again. Workers that finish one of them after all change nothing.
    func giveBackAll(to queue: any TaskQueue) {
        let claims = self.claims.withLock { claims in
            defer { claims = [:] }
            return Array(claims.values)
        }
        for claim in claims { try? queue.giveBack(claim) }
    }
}
