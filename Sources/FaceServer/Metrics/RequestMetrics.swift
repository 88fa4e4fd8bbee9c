import HTTPTypes

/// Counts requests for the metrics.
struct RequestMetrics: RequestMeter {
    private let metrics: MetricsRegistry
    private let inFlight: Gauge

    init(_ metrics: MetricsRegistry) {
        self.metrics = metrics
        inFlight = metrics.gauge(.httpRequestsInFlight)
    }

    func requestBegan() { inFlight.add(1) }

    func requestEnded(_ record: AccessRecord) {
        inFlight.add(-1)
        // Whatever the client makes up is one series, not one each.
        let method = Self.methods.contains(record.method) ? record.method.rawValue : "other"
        let route = record.route ?? "none"
        metrics.add(.httpRequests, method, route, String(record.status.code))
        metrics.observe(.httpRequestDuration, method, route, duration: record.duration)
        if record.status == .unauthorized { metrics.add(.authenticationFailures) }
        if let bytes = record.bytes { metrics.add(.httpBytesSent, by: bytes) }
    }

    private static let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .delete, .options]
}
