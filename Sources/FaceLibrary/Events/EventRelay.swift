import FaceCache
import FaceCore
import FaceStore
import Foundation
import Synchronization

/// Brings what happens in one process to those who watch in another, over a channel, and rings their bells.
final class EventRelay: Sendable {
    /// What workers of all processes are woken for.
    enum Call: String {
        /// Photos were queued, or a task may be ended.
        case work
        /// Faces were stored whose task will not end.
        case grouping
    }

    /// Rings when something may have been missed: the tasks that are watched are to be looked at.
    let missed = WorkBell()
    private let channel: any EventChannel
    private let sender = UUID()
    private let subscriptions = Mutex<[EventChannelSubscription]>([])

    private static let events = "library"
    private static let calls = "bell"

    init(over channel: any EventChannel) {
        self.channel = channel
    }

    /// Whether what other processes tell arrives at present.
    var isLive: Bool { channel.isLive }

    /// Begins to listen; what others tell goes to these two, on the channel's thread.
    func start(
        deliver: @escaping @Sendable (LibraryEvent) -> Void, wake: @escaping @Sendable (Call) -> Void
    ) {
        let sender = sender
        let missed = missed
        let events = channel.subscribe(to: Self.events) { news in
            guard case .message(let bytes) = news else { return missed.ring() }
            guard let told = try? JSONDecoder().decode(RelayedEvent.self, from: Data(bytes)), told.sender != sender
            else { return }
            if let event = told.event { deliver(event) } else { missed.ring() }
        }
        let calls = channel.subscribe(to: Self.calls) { news in
            guard case .message(let bytes) = news else { return wake(.work) }
            if let call = Call(rawValue: String(decoding: bytes, as: UTF8.self)) { wake(call) }
        }
        subscriptions.withLock { $0 = [events, calls] }
    }

    func tell(_ event: LibraryEvent) {
        guard let message = try? JSONEncoder().encode(RelayedEvent(event, from: sender)) else { return }
        channel.publish([UInt8](message), to: Self.events)
    }

    func call(_ call: Call) { channel.publish(Array(call.rawValue.utf8), to: Self.calls) }
}
