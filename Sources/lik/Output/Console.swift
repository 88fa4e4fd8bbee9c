import Foundation

/// What the command says besides its result: standard error, so that standard output stays clean for programs.
enum Console {
    /// True when a person watches standard error.
    static let isTerminal = isatty(STDERR_FILENO) == 1

    static func note(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    static func error(_ text: String) {
        note("lik: " + text)
    }

    /// Rewrites the last line of a terminal.
    static func redraw(_ text: String) {
        FileHandle.standardError.write(Data(("\r\u{1B}[2K" + text).utf8))
    }

    /// Columns of the terminal; 80 when nobody tells.
    static var columns: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
