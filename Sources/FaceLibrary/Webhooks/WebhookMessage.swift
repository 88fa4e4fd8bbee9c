import FaceCore
import FaceStore
import Foundation

/// The bodies of messages to webhooks: `{"type", "timestamp", "data"}`, as Standard Webhooks recommends.
enum WebhookMessage {
    /// Tells of an event, in the form in which the API lists it.
    static func attendance(_ event: AttendanceEvent) -> String {
        text(type: "attendance", at: event.at, Attendance(event: event))
    }

    /// Tells of nothing.
    static func test(of webhook: Webhook, at moment: Date) -> String {
        text(type: "test", at: moment, Test(webhook: webhook.id.rawValue, name: webhook.name))
    }

    private struct Message<Content: Encodable>: Encodable {
        let type: String
        let timestamp: String
        let data: Content
    }

    private struct Test: Encodable {
        let webhook: Int64
        let name: String
    }

    private struct Attendance: Encodable {
        let event: AttendanceEvent

        private enum Key: String, CodingKey {
            case id, person, collection, place, at, similarity, name
            case lastSeen = "last_seen"
            case timesSeen = "times_seen"
        }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: Key.self)
            try fields.encode(event.id.name, forKey: .id)
            var person = fields.nestedContainer(keyedBy: Key.self, forKey: .person)
            try person.encode(event.person, forKey: .id)
            try person.encode(event.personName, forKey: .name)
            try fields.encode(event.collection, forKey: .collection)
            try fields.encode(event.place, forKey: .place)
            try fields.encode(ExportTime.text(event.at), forKey: .at)
            try fields.encode(ExportTime.text(event.lastSeen), forKey: .lastSeen)
            try fields.encode(event.timesSeen, forKey: .timesSeen)
            try fields.encode(event.similarity, forKey: .similarity)
        }
    }

    private static func text(type: String, at moment: Date, _ content: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let message = Message(type: type, timestamp: ExportTime.text(moment), data: content)
        // Nothing but texts and finite numbers: the database holds no others.
        guard let bytes = try? encoder.encode(message) else { return "{\"type\":\"\(type)\"}" }
        return String(decoding: bytes, as: UTF8.self)
    }
}
