import Foundation
import Testing

@testable import FaceServer

struct MetricsRegistryTests {
    private let requests = CounterDefinition("requests_total", "Requests.", labels: ["route", "status"])
    private let depth = GaugeDefinition("depth", "How deep.")
    private let seconds = HistogramDefinition("seconds", "How long.", labels: ["stage"], buckets: [0.1, 1, 10])

    @Test func `Counters are written by name and label values`() {
        let metrics = MetricsRegistry()
        metrics.add(requests, "/b", "200")
        metrics.add(requests, "/a", "404", by: 3)
        metrics.add(requests, "/b", "200")
        metrics.set(depth, to: 2.5)
        #expect(
            metrics.render() == """
                # HELP depth How deep.
                # TYPE depth gauge
                depth 2.5
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{route="/a",status="404"} 3
                requests_total{route="/b",status="200"} 2

                """)
    }

    @Test func `A histogram counts what is at most its bound, and everything`() {
        let metrics = MetricsRegistry()
        for value in [0.05, 0.1, 0.5, 7, 100] { metrics.observe(seconds, "detect", value: value) }
        metrics.observe(seconds, "detect", value: .nan)
        metrics.observe(seconds, "detect", duration: .milliseconds(350))
        #expect(
            metrics.render() == """
                # HELP seconds How long.
                # TYPE seconds histogram
                seconds_bucket{stage="detect",le="0.1"} 2
                seconds_bucket{stage="detect",le="1"} 4
                seconds_bucket{stage="detect",le="10"} 5
                seconds_bucket{stage="detect",le="+Inf"} 6
                seconds_sum{stage="detect"} 108
                seconds_count{stage="detect"} 6

                """)
    }

    @Test func `Label values and help are escaped`() {
        let metrics = MetricsRegistry()
        let odd = CounterDefinition("odd_total", "A \\ and\na \"line\".", labels: ["what"])
        metrics.add(odd, "a\"b\\c\nd")
        #expect(
            metrics.render() == #"""
                # HELP odd_total A \\ and\na "line".
                # TYPE odd_total counter
                odd_total{what="a\"b\\c\nd"} 1

                """#)
    }

    @Test(arguments: [
        (Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (0, "0"), (-3, "-3"), (0.25, "0.25"),
        (1e18, "1000000000000000000"), (1e300, "1e+300"), (0.000_01, "1e-05"),
    ])
    func `Numbers are written as Prometheus reads them`(value: Double, text: String) {
        #expect(PrometheusText.number(value) == text)
    }

    @Test func `A gauge goes up and down`() {
        let metrics = MetricsRegistry()
        metrics.add(depth, by: 3)
        metrics.add(depth, by: -1)
        #expect(metrics.gauge(depth).value == 2)
    }

    @Test func `What is sampled is read with the metrics, and left out when there is nothing`() {
        let metrics = MetricsRegistry()
        let reads = Counter()
        let hits = CounterDefinition("hits_total", "Hits.")
        metrics.sample(depth) {
            reads.add()
            return reads.value == 1 ? 7 : nil
        }
        metrics.sample(hits) { 12 }
        #expect(metrics.render().contains("\ndepth 7\n"))
        let second = metrics.render()
        #expect(!second.contains("\ndepth "))
        #expect(second.contains("\nhits_total 12\n"))
        #expect(reads.value == 2)
    }

    @Test func `Nothing is lost when many threads count`() async {
        let metrics = MetricsRegistry()
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    for round in 0..<2000 {
                        metrics.add(requests, "/\(round % 10)", "200")
                        metrics.observe(seconds, "detect", value: 0.5)
                        metrics.add(depth, by: worker % 2 == 0 ? 1 : -1)
                    }
                }
            }
        }
        let text = metrics.render()
        for route in 0..<10 { #expect(text.contains("requests_total{route=\"/\(route)\",status=\"200\"} 1600\n")) }
        #expect(text.contains("seconds_count{stage=\"detect\"} 16000\n"))
        #expect(text.contains("seconds_sum{stage=\"detect\"} 8000\n"))
        #expect(text.contains("\ndepth 0\n"))
    }

    @Test func `A label that somebody outside chooses does not fill the memory`() {
        let metrics = MetricsRegistry()
        for index in 0..<5000 { metrics.add(requests, "/\(index)", "404") }
        let lines = metrics.render().split(separator: "\n").filter { $0.hasPrefix("requests_total") }
        #expect(lines.count == MetricFamily.seriesLimit + 1)
        #expect(lines.contains("requests_total{route=\"other\",status=\"other\"} 4000"))
        metrics.add(requests, "/7", "404")
        #expect(metrics.counter(requests, ["/7", "404"]).value == 2)
    }

    @Test func `The same name for another kind does not disturb the first`() {
        let metrics = MetricsRegistry()
        metrics.set(depth, to: 1)
        metrics.add(CounterDefinition("depth", "Another."), by: 5)
        #expect(metrics.render() == "# HELP depth How deep.\n# TYPE depth gauge\ndepth 1\n")
    }

    @Test func `The process shows its memory, files and version`() throws {
        let metrics = MetricsRegistry()
        metrics.observeProcess(version: "1.2.3", startedAt: Date(timeIntervalSince1970: 1_700_000_000))
        let text = metrics.render()
        #expect(text.contains("\nlik_build_info{version=\"1.2.3\"} 1\n"))
        #expect(text.contains("\nprocess_start_time_seconds 1700000000\n"))
        #expect(text.contains("\nlik_tasks_accepted_total 0\n"))
        let memory = try #require(
            text.split(separator: "\n").first { $0.hasPrefix("process_resident_memory_bytes ") }
                .flatMap { Double($0.split(separator: " ")[1]) })
        #expect(memory > 1_000_000)
        #expect(memory < 100_000_000_000)
        #expect(text.contains("\nprocess_open_fds "))
    }

    @Test func `Sizes are read in pages`() {
        let figures = ProcessFigures(statm: "1000 250 30 4 0 5 0\n", pageSize: 4096)
        #expect(figures?.virtualMemory == 4_096_000)
        #expect(figures?.residentMemory == 1_024_000)
        #expect(ProcessFigures(statm: "", pageSize: 4096) == nil)
    }
}

struct MetricNamesTests {
    private let definitions: [any MetricDefinition] = [
        CounterDefinition.httpRequests, CounterDefinition.httpBytesReceived, CounterDefinition.httpBytesSent,
        CounterDefinition.authenticationFailures, CounterDefinition.tasksEnded, CounterDefinition.tasksAccepted,
        CounterDefinition.photosProcessed, CounterDefinition.facesFound, CounterDefinition.cacheHits,
        CounterDefinition.cacheMisses, CounterDefinition.cacheEvictions, CounterDefinition.webSocketEndings,
        GaugeDefinition.httpRequestsInFlight,
        GaugeDefinition.webSocketClients, GaugeDefinition.watchers, GaugeDefinition.queueLength,
        GaugeDefinition.photosInWork,
        GaugeDefinition.libraryPhotos, GaugeDefinition.libraryFaces, GaugeDefinition.libraryPersons,
        GaugeDefinition.libraryTasks, GaugeDefinition.cacheBytes, GaugeDefinition.cacheEntries,
        GaugeDefinition.buildInfo, GaugeDefinition.residentMemory, GaugeDefinition.virtualMemory,
        GaugeDefinition.openFiles, GaugeDefinition.threads, GaugeDefinition.startTime,
        HistogramDefinition.httpRequestDuration, HistogramDefinition.stageDuration,
        HistogramDefinition.photoDuration, HistogramDefinition.taskDuration,
    ]

    @Test func `Every name is one, and no two are the same`() {
        #expect(Set(definitions.map(\.name)).count == definitions.count)
        for definition in definitions {
            #expect(definition.name.wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil)
            #expect(!definition.help.isEmpty)
            for label in definition.labels { #expect(label.wholeMatch(of: /[a-zA-Z_][a-zA-Z0-9_]*/) != nil) }
            #expect((definition is CounterDefinition) == definition.name.hasSuffix("_total"))
        }
    }
}
