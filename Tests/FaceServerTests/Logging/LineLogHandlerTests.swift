import FaceServer
import Foundation
import Logging
import Synchronization
import Testing

struct LineLogHandlerTests {
    @Test func `Text has the time, the level, the message and what belongs to it`() {
        #expect(
            lines(.text) { logger in
                logger.info("request", metadata: ["b": "two words", "a": "1"])
                logger.warning("odd\ninjected line", metadata: ["x": "a\r\n2026 info fake"])
                logger.debug("not shown")
            } == [
                "2026-01-31T09:05:07.250Z info request a=1 b=\"two words\"\n",
                "2026-01-31T09:05:07.250Z warning odd injected line x=\"a  2026 info fake\"\n",
            ])
    }

    @Test func `JSON has the same, an object a line`() throws {
        let lines = lines(.json) { $0.info("a \"message\"", metadata: ["status": "200"]) }
        #expect(
            lines == [
                #"{"time":"2026-01-31T09:05:07.250Z","level":"info","message":"a \"message\"","status":"200"}"# + "\n"
            ])
    }

    private func lines(_ format: LineLogHandler.Format, _ log: (Logger) -> Void) -> [String] {
        let lines = Lines()
        let moment = Date(timeIntervalSince1970: 1_769_850_307.25)
        log(Logger(label: "test") { _ in LineLogHandler(format, write: { lines.add($0) }, now: { moment }) })
        return lines.all
    }
}

private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
