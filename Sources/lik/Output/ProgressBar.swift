import Foundation
import Synchronization

/// Progress of work with a known number of steps: a bar with rate and remaining time on a terminal, plain lines
/// otherwise. Safe to call from several threads.
final class ProgressBar: Sendable {
    private struct State {
        var total: Int
        var done = 0
        var lastDrawn: ContinuousClock.Instant?
        var isDrawn = false
    }

    private let unit: String
    private let started = ContinuousClock.now
    /// The counters are shared by the threads that do the work and the one that ends the bar.
    private let state: Mutex<State>
    private let isTerminal: Bool
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - unit: what is counted, in the plural.
    ///   - isTerminal: false writes a plain line every ten seconds instead of a bar.
    init(
        total: Int, unit: String, isTerminal: Bool = Console.isTerminal,
        write: (@Sendable (String) -> Void)? = nil
    ) {
        self.unit = unit
        self.isTerminal = isTerminal
        self.write = write ?? { text in isTerminal ? Console.redraw(text) : Console.note(text) }
        state = Mutex(State(total: total))
    }

    /// Sets how much is done, and how much there is when that changed.
    func update(done: Int, total: Int? = nil, now: ContinuousClock.Instant = .now) {
        let line: String? = state.withLock { state in
            state.done = max(done, state.done)
            if let total { state.total = total }
            let interval: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
            let last = state.lastDrawn ?? (isTerminal ? nil : started)
            let isLast = state.done >= state.total
            if let last, !isLast, now - last < interval { return nil }
            state.lastDrawn = now
            state.isDrawn = true
            return Self.line(
                done: state.done, total: state.total, unit: unit, elapsed: now - started,
                width: isTerminal ? Console.columns : nil)
        }
        if let line { write(line) }
    }

    /// Leaves the terminal's line, so that what follows starts on a fresh one.
    func finish() {
        let wasDrawn = state.withLock { $0.isDrawn }
        if isTerminal, wasDrawn { Console.note("") }
    }

    /// One line of progress; with a width, a bar that fills what the words leave.
    static func line(done: Int, total: Int, unit: String, elapsed: Duration, width: Int?) -> String {
        let seconds = elapsed / .seconds(1)
        var words = "\(done)/\(total) \(unit)"
        if done > 0, seconds > 0 {
            let rate = Double(done) / seconds
            words += ", \(decimal(rate)) a second"
            if done < total { words += ", \(clock(Double(total - done) / rate)) left" }
        }
        guard let width else { return words }
        let room = width - words.count - 4
        guard room >= 10, total > 0 else { return words }
        let length = min(room, 40)
        let filled = length * min(done, total) / total
        return "[" + String(repeating: "█", count: filled) + String(repeating: "·", count: length - filled) + "] "
            + words
    }

    private static func decimal(_ value: Double) -> String {
        String(format: value < 10 ? "%.1f" : "%.0f", value)
    }

    /// `1:02:03` or `2:03`.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 359_999).rounded(.up))
        let minutes = String(format: "%d:%02d", whole / 60 % 60, whole % 60)
        return whole >= 3600
            ? String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60) : minutes
    }
}
