/// When a message is sent again that did not arrive: quickly at first, so that a receiver that was down for a minute has
/// everything soon after, then ever more seldom, for about a day and a half.
struct RetryPlan: Sendable {
    /// Seconds after the first, second, … failed attempt.
    static let delays: [Double] = [5, 10, 20, 30, 60, 120, 600, 3600, 21_600, 86_400]
    /// By which share a delay is shorter or longer, so that what failed together does not come back together.
    private static let jitter = 0.2
    /// The longest time that a receiver may ask for, in seconds.
    private static let longestWish = 3600

    /// Seconds until the next attempt; nil when there is none any more.
    ///
    /// - Parameters:
    ///   - failures: attempts that failed so far, at least one.
    ///   - wish: seconds that the receiver asked for.
    static func delay(afterFailures failures: Int, wish: Int? = nil) -> Double? {
        guard failures <= delays.count else { return nil }
        let delay = delays[failures - 1] * Double.random(in: (1 - jitter)...(1 + jitter))
        return max(delay, Double(min(max(wish ?? 0, 0), longestWish)))
    }
}
