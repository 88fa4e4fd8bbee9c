import HTTPTypes
import Synchronization

/// Counts requests for the metrics.
///
/// The series of a kind of request are looked up once and kept. There are as many kinds as routes, methods and statuses
/// come together, so nobody outside can make more of them.
final class RequestMetrics: RequestMeter {
    private struct Kind: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private struct Series {
        let count: Counter
        let duration: Histogram
    }

    private let metrics: MetricsRegistry
    private let inFlight: Gauge
    private let bytesSent: Counter
    private let refusals: Counter
    private let known = Mutex<[Kind: Series]>([:])

    init(_ metrics: MetricsRegistry) {
        self.metrics = metrics
        inFlight = metrics.gauge(.httpRequestsInFlight)
        bytesSent = metrics.counter(.httpBytesSent)
        refusals = metrics.counter(.authenticationFailures)
    }

    func requestBegan() { inFlight.add(1) }

    func requestEnded(_ record: AccessRecord) {
        inFlight.add(-1)
        let series = series(
            Kind(method: Self.label(record.method), route: record.route ?? "none", status: record.status.code))
        series.count.add()
        series.duration.observe(record.duration)
        if record.status == .unauthorized { refusals.add() }
        if let bytes = record.bytes { bytesSent.add(bytes) }
    }

    private func series(_ kind: Kind) -> Series {
        known.withLock { known in
            if let series = known[kind] { return series }
            let series = Series(
                count: metrics.counter(.httpRequests, [kind.method, kind.route, String(kind.status)]),
                duration: metrics.histogram(.httpRequestDuration, [kind.method, kind.route]))
            known[kind] = series
            return series
        }
    }

    /// Whatever the client makes up is one series, not one each.
    private static func label(_ method: HTTPRequest.Method) -> String {
        switch method {
        case .get, .head, .post, .put, .delete, .options: method.rawValue
        default: "other"
        }
    }
}
