import FaceLibrary
import Synchronization

/// Progress of work whose end is not known: a line that is rewritten on a terminal, nothing elsewhere. While it lives,
/// Ctrl-C breaks the work off at its next step.
final class ProgressLine {
    /// Set by the signal's handler, read by the work.
    private final class Wish: Sendable {
        let isThere = Atomic(false)
    }

    private let wish: Wish
    private let interrupt: Interrupt
    private var lastDrawn: ContinuousClock.Instant?

    init() {
        let wish = Wish()
        self.wish = wish
        interrupt = Interrupt { wish.isThere.store(true, ordering: .relaxed) }
    }

    /// - Throws: `BackupError.cancelled` after Ctrl-C.
    func show(_ text: @autoclosure () -> String) throws {
        if wish.isThere.load(ordering: .relaxed) { throw BackupError.cancelled }
        let now = ContinuousClock.now
        guard Console.isTerminal, lastDrawn.map({ now - $0 >= .milliseconds(100) }) ?? true else { return }
        lastDrawn = now
        Console.redraw(text())
    }

    /// Clears the line.
    func finish() {
        if lastDrawn != nil { Console.redraw("") }
        withExtendedLifetime(interrupt) {}
    }
}
