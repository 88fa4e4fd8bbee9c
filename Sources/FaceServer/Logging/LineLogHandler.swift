public import Foundation
public import Logging
import NIOCore

/// Writes log entries as lines, for people or for programs.
///
/// A line goes out in one call, so that lines of several threads do not mix.
public struct LineLogHandler: LogHandler {
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// `2026-01-31T09:05:07.250Z info request method=GET status=200`
        case text
        /// `{"time":"2026-01-31T09:05:07.250Z","level":"info","message":"request","method":"GET","status":"200"}`
        case json
    }

    public var logLevel = Logger.Level.info
    public var metadata = Logger.Metadata()
    private let format: Format
    private let write: @Sendable (String) -> Void
    private let now: @Sendable () -> Date

    /// - Parameter write: takes a line with its end.
    public init(
        _ format: Format, write: @escaping @Sendable (String) -> Void = Self.standardError,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.format = format
        self.write = write
        self.now = now
    }

    /// Writes to the standard error stream.
    public static let standardError: @Sendable (String) -> Void = { line in
        FileHandle.standardError.write(Data(line.utf8))
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata
        if let own = event.metadata { all.merge(own) { $1 } }
        // Hummingbird's own id of a request; ours is in the entries that have one.
        all["hb.request.id"] = nil
        let fields = all.sorted { $0.key < $1.key }.map { ($0.key, $0.value.description) }
        let time = RFC3339.string(from: now())
        switch format {
        case .text:
            let details = fields.map { " \($0.0)=\(Self.quoted($0.1))" }.joined()
            write("\(time) \(event.level) \(Self.oneLine(event.message.description))\(details)\n")
        case .json:
            write(Self.json(time: time, event, fields) + "\n")
        }
    }

    private static func json(time: String, _ event: LogEvent, _ fields: [(String, String)]) -> String {
        var writer = JSONWriter()
        writer.object { json in
            json.field("time", time)
            json.field("level", event.level.rawValue)
            json.field("message", event.message.description)
            for (key, value) in fields { json.field(dynamic: key, value) }
        }
        return String(buffer: writer.buffer)
    }

    /// Values with spaces stand in quotes; what would end the line never does.
    private static func quoted(_ text: String) -> String {
        let line = oneLine(text)
        let isPlain = !line.isEmpty && !line.contains { $0 == " " || $0 == "\"" || $0 == "=" }
        return isPlain ? line : "\"" + line.replacing("\"", with: "'") + "\""
    }

    private static func oneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
    }
}
