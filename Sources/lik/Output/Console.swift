import Foundation

/// What the command says besides its result: standard error, so that standard output stays clean for programs.
enum Console {
    /// True when a person watches standard error.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    static func note(_ text: String) { write(text + "\n") }

    /// What cannot be said is dropped: a closed or full standard error must not end the work.
    private static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if written > 0 {
                bytes = bytes.dropFirst(written)
            } else if errno != EINTR {
                return
            }
        }
    }

    static func error(_ text: String) {
        note("lik: " + text)
    }

    /// Rewrites the last line of a terminal.
    static func redraw(_ text: String) {
        write("\r\u{1B}[2K" + text)
    }

    /// Columns of the terminal; 80 when nobody tells.
    static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
