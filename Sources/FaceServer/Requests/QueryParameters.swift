package import FaceCore
package import FaceStore
package import Foundation
package import Hummingbird

/// The parameters behind a path's `?`, also those of a form that was sent as `application/x-www-form-urlencoded`.
package struct QueryParameters: Sendable {
    private let values: [String: String]
    private let malformed: Set<String>

    package init(_ request: Request) {
        self.init(encoded: request.uri.query ?? "")
    }

    /// - Parameter encoded: `q=%D0%98%D0%B2%D0%B0%D0%BD&limit=10`. Of two with the same name the first counts.
    package init(encoded: String) {
        var values: [String: String] = [:]
        var malformed: Set<String> = []
        for pair in encoded.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(parts[0], plusIsSpace: true), values[name] == nil else { continue }
            if let value = PercentEncoding.decoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true) {
                values[name] = value
            } else {
                malformed.insert(name)
            }
        }
        self.values = values
        self.malformed = malformed
    }

    /// Nil when it is not there.
    package func text(_ name: String) throws(APIError) -> String? {
        guard !malformed.contains(name) else { throw .invalidParameter(name: name) }
        return values[name]
    }

    package func integer(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else { throw .invalidParameter(name: name) }
        return number
    }

    package func flag(_ name: String) throws(APIError) -> Bool? {
        switch try text(name) {
        case nil: nil
        case "true", "1": true
        case "false", "0": false
        default: throw .invalidParameter(name: name)
        }
    }

    package func cursor() throws(APIError) -> PageCursor? {
        guard let text = try text("cursor") else { return nil }
        guard let cursor = PageCursor(text) else { throw .invalidParameter(name: "cursor") }
        return cursor
    }

    package func id<Kind>(_ name: String) throws(APIError) -> Identifier<Kind>? {
        guard let text = try text(name) else { return nil }
        guard let number = Int64(text), number > 0 else { throw .invalidParameter(name: name) }
        return Identifier(number)
    }

    package func task(_ name: String) throws(APIError) -> TaskID? {
        guard let text = try text(name) else { return nil }
        guard let id = TaskID(name: text) else { throw .invalidParameter(name: name) }
        return id
    }

    /// A moment (RFC 3339), or a day in UTC.
    ///
    /// - Parameter endsDay: a day stands for its last moment rather than for its first.
    package func moment(_ name: String, endsDay: Bool = false) throws(APIError) -> Date? {
        guard let text = try text(name) else { return nil }
        if text.utf8.count == 10, try day(name) != nil {
            guard let first = RFC3339.date(from: text + "T00:00:00Z") else { throw .invalidParameter(name: name) }
            return endsDay ? first.addingTimeInterval(86_399.999) : first
        }
        guard let date = RFC3339.date(from: text) else { throw .invalidParameter(name: name) }
        return date
    }

    /// A day, `YYYY-MM-DD`.
    package func day(_ name: String) throws(APIError) -> String? {
        guard let text = try text(name) else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            text.utf8.allSatisfy({ (45...57).contains($0) && $0 != 46 && $0 != 47 }),
            let year = Int64(parts[0]), let month = Int64(parts[1]), let day = Int64(parts[2]),
            (1...12).contains(month), (1...31).contains(day),
            CivilDate.of(daysSince1970: CivilDate.daysSince1970(year: year, month: month, day: day)).day == day
        else { throw .invalidParameter(name: name) }
        return text
    }
}
