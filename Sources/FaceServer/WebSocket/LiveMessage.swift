public import FaceCore
public import Foundation

/// What a WebSocket client is told, as the API writes it.
public enum LiveMessage: Sendable, Hashable {
    case progress(TaskID, TaskProgressPayload)
    case update(TaskID, TaskUpdatePayload)
    case stats(StatsPayload)

    /// The message as one line of JSON, for a text frame.
    public func json() throws -> String {
        let envelope =
            switch self {
            case .progress(let task, let payload):
                try LiveEnvelope(type: "task_progress", taskID: task.name, payload: payload).json()
            case .update(let task, let payload):
                try LiveEnvelope(type: "task_update", taskID: task.name, payload: payload).json()
            case .stats(let payload):
                try LiveEnvelope(type: "stats_update", taskID: nil, payload: payload).json()
            }
        return envelope
    }
}

/// How far a task is.
public struct TaskProgressPayload: Sendable, Hashable, Codable {
    /// Photos that are done.
    public var current: Int
    /// Photos that the task was given.
    public var total: Int
    /// What is being done, in words for people.
    public var stage: String
    /// 0…100.
    public var percent: Int

    public init(current: Int, total: Int, stage: String, percent: Int) {
        self.current = current
        self.total = total
        self.stage = stage
        self.percent = percent
    }
}

/// How a task stands.
public struct TaskUpdatePayload: Sendable, Hashable, Codable {
    public enum Status: String, Sendable, Hashable, Codable {
        case processing
        case completed
        case failed
    }

    /// Absent fields are left out of the JSON.
    public struct Facts: Sendable, Hashable, Codable {
        public var totalImages: Int?
        /// Photos that are done.
        public var processedImages: Int?
        public var totalFaces: Int?
        public var uniquePersons: Int?
        /// Why it failed, a sentence for people.
        public var error: String?
        /// The stable word for programs, such as `cancelled`.
        public var code: String?

        public init(
            totalImages: Int? = nil, processedImages: Int? = nil, totalFaces: Int? = nil, uniquePersons: Int? = nil,
            error: String? = nil, code: String? = nil
        ) {
            self.totalImages = totalImages
            self.processedImages = processedImages
            self.totalFaces = totalFaces
            self.uniquePersons = uniquePersons
            self.error = error
            self.code = code
        }

        enum CodingKeys: String, CodingKey {
            case totalImages = "total_images"
            case processedImages = "processed_images"
            case totalFaces = "total_faces"
            case uniquePersons = "unique_persons"
            case error
            case code
        }
    }

    public var status: Status
    public var data: Facts

    public init(status: Status, data: Facts) {
        self.status = status
        self.data = data
    }

    /// Whether nothing more is to come.
    public var isFinal: Bool { status != .processing }
}

/// How much is in the library.
public struct StatsPayload: Sendable, Hashable, Codable {
    public var totalPersons: Int
    public var totalFaces: Int
    public var totalTasks: Int
    public var totalPhotos: Int
    /// Faces that belong to nobody.
    public var unknownFaces: Int

    public init(totalPersons: Int, totalFaces: Int, totalTasks: Int, totalPhotos: Int, unknownFaces: Int) {
        self.totalPersons = totalPersons
        self.totalFaces = totalFaces
        self.totalTasks = totalTasks
        self.totalPhotos = totalPhotos
        self.unknownFaces = unknownFaces
    }

    enum CodingKeys: String, CodingKey {
        case totalPersons = "total_persons"
        case totalFaces = "total_faces"
        case totalTasks = "total_tasks"
        case totalPhotos = "total_photos"
        case unknownFaces = "unknown_faces"
    }
}

/// Why a client is sent away, said before the close frame: a page can show it, where a close code says little.
struct RefusalPayload: Hashable, Codable {
    var error: String
    var code: String
}

/// What stands around every payload.
struct LiveEnvelope<Payload: Encodable>: Encodable {
    let type: String
    let taskID: String?
    let payload: Payload

    enum CodingKeys: String, CodingKey {
        case type
        case taskID = "task_id"
        case payload
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
