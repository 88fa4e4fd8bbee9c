import FaceCore
import Foundation
import HummingbirdCore

/// What the address of a WebSocket request asks for.
enum WebSocketTarget: Sendable, Hashable {
    case topic(LiveTopic)
    /// A `task_id` that cannot be one: its first characters.
    case unknown(String)

    static let path = "/ws"

    /// Nil when the address is not the endpoint's.
    init?(uri text: String) {
        let uri = URI(text)
        guard uri.path == Self.path else { return nil }
        guard let task = uri.queryParameters["task_id"], !task.isEmpty else {
            self = .topic(.stats)
            return
        }
        if let id = TaskID(name: String(task)) {
            self = .topic(.task(id))
        } else {
            self = .unknown(String(task.prefix(64)))
        }
    }
}
