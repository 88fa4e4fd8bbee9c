import FaceCache
import FaceStore

/// Carries the messages of a library's processes by the database that they share, where there is no Redis.
struct PostgresCarrier: EventCarrier {
    private let notices: PostgresNotices

    init(on server: PostgresServer, news: CarriedNews) {
        notices = PostgresNotices(on: server) { arrived in
            switch arrived {
            case .message(let topic, let bytes): news.arrived(bytes, topic: topic)
            case .gap: news.reportGap()
            }
        }
        notices.start()
        // Whoever comes first should find it; it is not waited for any longer.
        notices.waitUntilLive(atMost: 2)
    }

    var isLive: Bool { notices.isLive }

    func carry(_ message: [UInt8], to topic: String) { notices.send(message, to: topic) }
}
