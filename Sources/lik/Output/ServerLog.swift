import Foundation
import Logging
import Synchronization

/// Writes log lines to standard error: for people, or one JSON object a line.
struct ServerLog: LogHandler {
    enum Format: String, CaseIterable {
        case text
        case json
    }

    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let label: String
    private let format: Format
    /// A line is written whole, whichever thread it comes from.
    private static let output = Mutex(())

    init(label: String, format: Format, level: Logger.Level) {
        self.label = label
        self.format = format
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }.mapValues(Self.words)
        let line = Self.line(
            time: Date(), level: event.level, message: event.message.description, fields: fields, format: format)
        Self.output.withLock { _ in FileHandle.standardError.write(Data((line + "\n").utf8)) }
    }

    static func line(
        time: Date, level: Logger.Level, message: String, fields: [String: String], format: Format
    ) -> String {
        let time = time.formatted(.iso8601.time(includingFractionalSeconds: true))
        let fields = fields.sorted { $0.key < $1.key }
        switch format {
        case .text:
            let tail = fields.map { " \($0.key)=\(quoted($0.value))" }.joined()
            return "\(time) \(level.rawValue) \(oneLine(message))\(tail)"
        case .json:
            let head = [("time", time), ("level", level.rawValue), ("message", message)]
            return "{" + (head + fields).map { "\(json($0.0)):\(json($0.1))" }.joined(separator: ",") + "}"
        }
    }

    private static func words(_ value: Logger.Metadata.Value) -> String {
        switch value {
        case .string(let text): text
        case .stringConvertible(let value): value.description
        case .array(let values): values.map(words).joined(separator: ",")
        case .dictionary(let values):
            values.sorted { $0.key < $1.key }.map { "\($0.key):\(words($0.value))" }.joined(separator: ",")
        }
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\"" && $0 != "=" }
        return isPlain ? text : json(text)
    }

    /// Nobody writes a second line by what he sends.
    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }

    private static func json(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
