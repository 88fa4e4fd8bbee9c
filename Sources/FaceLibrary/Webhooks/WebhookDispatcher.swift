import Dispatch
import FaceCore
import FaceStore
public import Foundation
import HTTPTransfer
public import Logging
public import ServiceLifecycle
import Synchronization

/// Sends what waits for webhooks, as long as it runs.
///
///     due (any process's event) → claim (lease) → sign, send → delivered | again later | dead
///
/// One thread looks for what is due; each webhook that has something gets a thread of its own until nothing is due for it
/// any more, so that a slow receiver holds up nobody else. There are no more threads than webhooks, of which the store takes
/// a bounded number. Several processes on one library share the messages by leases.
public final class WebhookDispatcher: Service {
    private struct State {
        /// The webhooks that have a thread.
        var inHand: Set<WebhookID> = []
        /// Until when nothing is tried with webhooks whose receiver could not be reached.
        var pauses: [WebhookID: ContinuousClock.Instant] = [:]
    }

    private let library: Library
    private let sender: any WebhookSender
    private let logger: Logger
    private let state = Mutex(State())
    private let isStopping = Atomic<Bool>(false)
    private let threads = DispatchGroup()
    private let gate = Gate()

    /// How often is looked for what another process queued, or what is due again.
    private static let lookEvery = Duration.seconds(1)
    /// Longer than an attempt may take.
    private static let lease = Duration.seconds(60)
    /// A receiver that cannot be reached is tried with one message at such intervals; the others wait, and are all due once
    /// one arrives.
    private static let pause = Duration.seconds(2)
    /// The longest time that a receiver may ask to be left alone, in seconds.
    private static let longestPause = 3600
    /// How often an outcome is noted whose noting fails; each takes the store's patience.
    private static let noteTries = 3
    private static let pruneEvery = Duration.seconds(3600)
    /// How long messages that arrived, and those that did not, are kept for their list, in seconds.
    private static let keepsDelivered: TimeInterval = 7 * 86_400
    private static let keepsDead: TimeInterval = 30 * 86_400
    /// How long messages in hand may take at shutdown.
    private static let grace = Duration.seconds(5)

    public init(library: Library, sender: any WebhookSender, logger: Logger) {
        self.library = library
        self.sender = sender
        self.logger = logger
    }

    /// Works until the service group goes down; then waits a little for messages that are on their way. Those that take
    /// longer are sent again when their lease has ended.
    public func run() async throws {
        let looking = WorkerThreads.start(count: 1, name: "webhooks") { self.look() }
        looking.notify(queue: .global()) { self.threads.notify(queue: .global()) { self.gate.open() } }
        await withTaskCancellationOrGracefulShutdownHandler {
            await self.gate.wait()
        } onCancelOrGracefulShutdown: {
            self.isStopping.store(true, ordering: .releasing)
            self.library.announcements.ring()
            DispatchQueue.global().asyncAfter(deadline: .now() + Self.grace.dispatchInterval) { self.gate.open() }
        }
    }

    /// Whether threads still wait for a receiver: they end with the process.
    public var hasAbandonedWork: Bool { state.withLock { !$0.inHand.isEmpty } }

    private var shouldStop: Bool { isStopping.load(ordering: .acquiring) }

    // MARK: Looking

    private func look() {
        var pruned = ContinuousClock.now
        while !shouldStop {
            let rings = library.announcements.rings
            do {
                for webhook in try library.store.deliveries.webhooksWithWork() where take(webhook) { start(webhook) }
                if ContinuousClock.now - pruned > Self.pruneEvery {
                    pruned = .now
                    try prune()
                }
            } catch {
                // A database that is away is told of elsewhere; what waits goes on waiting.
                logger.debug("What is due for webhooks could not be read: \(error)")
            }
            library.announcements.wait(after: rings, atMost: Self.lookEvery)
        }
    }

    private func prune() throws {
        try library.store.deliveries.prune(deliveredFor: Self.keepsDelivered, deadFor: Self.keepsDead)
        _ = try library.store.attendance.prune()
    }

    /// Whether the webhook needs a thread, which it has from now on.
    private func take(_ webhook: WebhookID) -> Bool {
        state.withLock { state in
            if let end = state.pauses[webhook] {
                guard end <= .now else { return false }
                state.pauses[webhook] = nil
            }
            return state.inHand.insert(webhook).inserted
        }
    }

    private func start(_ webhook: WebhookID) {
        threads.enter()
        let thread = Thread { [self] in
            sendAll(of: webhook)
            state.withLock { _ = $0.inHand.remove(webhook) }
            // What came while this thread was about to end has found it still there.
            library.announcements.ring()
            threads.leave()
        }
        thread.name = "webhook-\(webhook)"
        thread.start()
    }

    // MARK: Sending

    /// Sends what is due for a webhook, one message after the other. Blocks.
    func sendAll(of webhook: WebhookID) {
        do {
            while !shouldStop, let claim = try library.store.deliveries.claim(of: webhook, lease: Self.lease) {
                let (outcome, pause) = outcome(of: claim)
                try note(outcome, of: claim)
                tell(outcome, of: claim)
                // Whoever does not want one message now will not want the next one.
                if let pause {
                    state.withLock { $0.pauses[webhook] = .now + pause }
                    return
                }
            }
        } catch {
            // The claim ends by itself.
            state.withLock { $0.pauses[webhook] = .now + Self.pause }
            logger.debug("A webhook's messages could not be read or noted: \(error)")
        }
    }

    /// Notes an outcome. One that cannot be noted would be sent again, so it is tried while the claim lasts.
    private func note(_ outcome: DeliveryOutcome, of claim: ClaimedDelivery) throws {
        for _ in 1..<Self.noteTries {
            do {
                try library.store.deliveries.finish(claim, outcome)
                return
            } catch FaceStoreError.locked {
                continue
            }
        }
        try library.store.deliveries.finish(claim, outcome)
    }

    /// What came of a message, and for how long its receiver is left alone then; nil goes on with the next message.
    private func outcome(of claim: ClaimedDelivery) -> (DeliveryOutcome, pause: Duration?) {
        let failures = claim.attempts + 1
        do throws(HTTPTransferError) {
            let answer = try sender.send(Self.message(claim, at: claim.claimedAt))
            let said = "The receiver answered with \(answer.status)"
            switch answer.status {
            case 200..<300: return (.delivered(status: answer.status), nil)
            case 410:
                let reason = said + ": it wants no more messages, and the webhook was switched off."
                return (.dead(status: 410, reason: reason, endsWebhook: true), nil)
            case 300..<400:
                return (again(failures, status: answer.status, said + ", a redirect, which is not followed."), nil)
            case 429, 500...:
                let wish = answer.retryAfter.map { min(max($0, 0), Self.longestPause) }
                let pause = max(Self.pause, .seconds(wish ?? 0))
                return (again(failures, status: answer.status, said + ".", wish: wish), pause)
            default: return (again(failures, status: answer.status, said + "."), nil)
            }
        } catch {
            switch error {
            // Nothing that waiting makes better.
            case .badURL: return (.dead(status: nil, reason: error.message, endsWebhook: false), nil)
            default: return (again(failures, status: nil, error.message), Self.pause)
            }
        }
    }

    private func again(_ failures: Int, status: Int?, _ reason: String, wish: Int? = nil) -> DeliveryOutcome {
        guard let delay = RetryPlan.delay(afterFailures: failures, wish: wish) else {
            return .dead(status: status, reason: reason, endsWebhook: false)
        }
        return .failed(status: status, reason: reason, after: delay)
    }

    /// A message as Standard Webhooks wants it: the id is the same at each attempt, the timestamp is the attempt's.
    static func message(_ claim: ClaimedDelivery, at moment: Date) -> SignedMessage {
        let (id, seconds) = (claim.id.name, Int64(moment.timeIntervalSince1970))
        let signatures = claim.webhook.secrets(at: moment).map {
            $0.signature(of: claim.body, id: id, seconds: seconds)
        }
        return SignedMessage(
            url: claim.webhook.url,
            headers: [
                HTTPTransfer.Header(name: "content-type", value: "application/json"),
                HTTPTransfer.Header(name: "user-agent", value: "Lik"),
                HTTPTransfer.Header(name: "webhook-id", value: id),
                HTTPTransfer.Header(name: "webhook-timestamp", value: String(seconds)),
                HTTPTransfer.Header(name: "webhook-signature", value: signatures.joined(separator: " ")),
            ], body: claim.body)
    }

    private func tell(_ outcome: DeliveryOutcome, of claim: ClaimedDelivery) {
        let names: Logger.Metadata = ["webhook": "\(claim.webhook.id)", "delivery": "\(claim.id.name)"]
        switch outcome {
        case .delivered: logger.debug("A message to a webhook arrived", metadata: names)
        case .failed(_, let reason, _):
            logger.info("A message to a webhook did not arrive and is sent again: \(reason)", metadata: names)
        case .dead(_, let reason, _):
            logger.warning("A message to a webhook was given up: \(reason)", metadata: names)
        }
    }
}
