import FaceCore
import FaceLibrary
import FaceStore
import Synchronization

/// The keys that are in force, in memory: no request asks the database for its key. A lock, because requests come on every
/// event loop.
///
/// Whoever changes keys hands the ring the present ones; `KeyKeeper` looks for what other processes have changed.
final class KeyRing: Sendable {
    /// What is known of the library's keys.
    enum Condition: UInt8, Sendable {
        /// They have not been read yet: nobody is let in by them, and nobody without.
        case unread
        /// There never was one.
        case none
        case some
    }

    private struct State {
        var keys: [KeyFingerprint: HeldKey] = [:]
        var sessions: [KeyFingerprint: HeldKey] = [:]
        var held: [KeyID: HeldKey] = [:]
        var watches: [UInt64: (key: HeldKey, end: @Sendable () -> Void)] = [:]
        /// Of those who came while there were no keys.
        var openWatches: [UInt64: @Sendable () -> Void] = [:]
        var last: UInt64 = 0
    }

    private let state = Mutex(State())
    /// Held while keys are read and taken over, so that nobody takes over what was read before a change that is known by
    /// then.
    private let turn = Mutex(())
    /// Why the keys are not known.
    private let failure = Mutex<LibraryError>(.store(.unreachable))
    private let known = Atomic<UInt8>(Condition.unread.rawValue)

    var condition: Condition { Condition(rawValue: known.load(ordering: .acquiring)) ?? .unread }

    /// Reads the library's keys and takes them over. Blocks on the database, and while others do.
    ///
    /// - Throws: `LibraryError`; those that are known hold then.
    func refresh(from library: Library) throws(LibraryError) {
        let outcome = turn.withLock { _ in
            Result { () throws(LibraryError) in update(try library.keys()) }
        }
        try outcome.get()
    }

    /// Takes these for the present keys, and ends what was begun with keys that changed.
    ///
    /// - Parameter keys: all there are, those that were revoked too.
    func update(_ keys: [APIKey]) {
        let ended = state.withLock { state in
            var next = State(last: state.last)
            for key in keys where key.revokedAt == nil {
                guard let fingerprint = KeyFingerprint(hexadecimal: key.digests.key),
                    let session = KeyFingerprint(hexadecimal: key.digests.session)
                else { continue }
                // The same object as before, with the tokens that it has left.
                let held = state.held[key.id].flatMap { $0.key == key ? $0 : nil } ?? HeldKey(key)
                next.keys[fingerprint] = held
                next.sessions[session] = held
                next.held[key.id] = held
            }
            next.watches = state.watches.filter { next.held[$0.value.key.key.id] === $0.value.key }
            var ended = state.watches.filter { next.watches[$0.key] == nil }.map(\.value.end)
            if keys.isEmpty { next.openWatches = state.openWatches } else { ended += state.openWatches.values }
            state = next
            known.store(keys.isEmpty ? Condition.none.rawValue : Condition.some.rawValue, ordering: .releasing)
            return ended
        }
        // Not under the lock: what ends may come back here.
        for end in ended { end() }
    }

    /// The keys could not be read; those that are known hold.
    func fail(_ error: LibraryError) { failure.withLock { $0 = error } }

    /// Why the keys could not be read.
    var lastFailure: LibraryError { failure.withLock { $0 } }

    /// The key that somebody presents; nil when there is none like it.
    func key(_ presented: String) -> HeldKey? {
        let fingerprint = KeyFingerprint(of: presented)
        return state.withLock { $0.keys[fingerprint] }
    }

    /// The key that a browser's session was begun with.
    func key(session: String) -> HeldKey? {
        let fingerprint = KeyFingerprint(of: session)
        return state.withLock { $0.sessions[fingerprint] }
    }

    /// Has `end` called, once, when the key is in force no longer as it is; at once when it is not by now.
    ///
    /// - Returns: what ends the watch.
    func watch(_ key: HeldKey, _ end: @escaping @Sendable () -> Void) -> KeyWatch {
        let number = state.withLock { state -> UInt64? in
            guard state.held[key.key.id] === key else { return nil }
            state.last += 1
            state.watches[state.last] = (key, end)
            return state.last
        }
        guard let number else {
            end()
            return KeyWatch {}
        }
        return KeyWatch { [weak self] in self?.forget(number) }
    }

    /// Has `end` called, once, when there are keys; at once when there are some by now.
    ///
    /// - Returns: what ends the watch.
    func watchOpenness(_ end: @escaping @Sendable () -> Void) -> KeyWatch {
        let number = state.withLock { state -> UInt64? in
            guard condition == .none else { return nil }
            state.last += 1
            state.openWatches[state.last] = end
            return state.last
        }
        guard let number else {
            end()
            return KeyWatch {}
        }
        return KeyWatch { [weak self] in self?.forget(number) }
    }

    private func forget(_ number: UInt64) {
        state.withLock { state in
            state.watches[number] = nil
            state.openWatches[number] = nil
        }
    }
}

/// Keeps whoever uses a key for long informed of its end.
struct KeyWatch: Sendable {
    private let onCancel: @Sendable () -> Void

    init(_ onCancel: @escaping @Sendable () -> Void) { self.onCancel = onCancel }

    func cancel() { onCancel() }
}
