import Foundation
import Synchronization

/// The time of day as the field `Date` has it, written once a second.
final class HTTPClock: Sendable {
    private let last = Mutex<(second: Int, text: String)>((.min, ""))

    var now: String { text(at: time(nil)) }

    /// - Parameter second: since 1970.
    func text(at second: Int) -> String {
        last.withLock { last in
            if last.second != second {
                last = (second, HTTPDate.string(from: Date(timeIntervalSince1970: Double(second))))
            }
            return last.text
        }
    }
}
