import HTTPTypes
import Testing

@testable import FaceServer

struct RequestMetricsTests {
    private func record(
        _ method: HTTPRequest.Method, _ route: String?, _ status: HTTPResponse.Status, bytes: Int? = nil
    ) -> AccessRecord {
        AccessRecord(method: method, route: route, status: status, bytes: bytes, duration: .milliseconds(3))
    }

    @Test func `Requests are counted and timed by method, route and status`() {
        let metrics = MetricsRegistry()
        let meter = RequestMetrics(metrics)
        for _ in 0..<3 {
            meter.requestBegan()
            meter.requestEnded(record(.get, "/api/stats", .ok, bytes: 100))
        }
        meter.requestBegan()
        meter.requestEnded(record(.get, "/api/stats", .unauthorized, bytes: 50))
        meter.requestBegan()
        meter.requestEnded(record(.put, nil, .notFound))
        let text = metrics.render()
        for line in [
            #"lik_http_requests_total{method="GET",route="/api/stats",status="200"} 3"#,
            #"lik_http_requests_total{method="GET",route="/api/stats",status="401"} 1"#,
            #"lik_http_requests_total{method="PUT",route="none",status="404"} 1"#,
            #"lik_http_request_duration_seconds_bucket{method="GET",route="/api/stats",le="0.005"} 4"#,
            #"lik_http_request_duration_seconds_count{method="GET",route="/api/stats"} 4"#,
            "lik_http_sent_bytes_total 350", "lik_authentication_failures_total 1", "lik_http_requests_in_flight 0",
        ] {
            #expect(text.contains("\(line)\n"), "\(line)")
        }
    }

    @Test func `Methods that a client makes up are one series`() throws {
        let metrics = MetricsRegistry()
        let meter = RequestMetrics(metrics)
        for index in 0..<100 {
            meter.requestBegan()
            meter.requestEnded(record(try #require(.init("MADEUP\(index)")), nil, .notFound))
        }
        let lines = metrics.render().split(separator: "\n").filter { $0.hasPrefix("lik_http_requests_total{") }
        #expect(lines == [#"lik_http_requests_total{method="other",route="none",status="404"} 100"#])
    }
}
