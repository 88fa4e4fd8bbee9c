package import HTTPTypes
import Hummingbird
import Logging

/// What is known of a request when it has been answered. No query, no body, no name of a file: nothing that could say
/// who somebody is.
package struct AccessRecord: Sendable {
    package var method: HTTPRequest.Method
    /// The pattern that the path matched, such as `/api/persons/{id}`; nil for none.
    package var route: String?
    package var status: HTTPResponse.Status
    /// Of the answer's body; nil when that is not known beforehand.
    package var bytes: Int?
    /// Until the answer began.
    package var duration: Duration

    package var milliseconds: Double {
        Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
    }
}

/// Writes a line for each request.
struct AccessLog: Sendable {
    let logger: Logger

    /// - Parameters:
    ///   - path: with or without a query, which stays out.
    ///   - address: where the request came from.
    func write(_ record: AccessRecord, path: String, address: String, requestID: String) {
        var metadata: Logger.Metadata = [
            "method": .string(record.method.rawValue), "route": .string(record.route ?? "-"),
            "status": .stringConvertible(record.status.code), "address": .string(address),
            "ms": .string(Self.rounded(record.milliseconds)), "request_id": .string(requestID),
        ]
        if let bytes = record.bytes { metadata["bytes"] = .stringConvertible(bytes) }
        if let id = Self.id(in: path, route: record.route) { metadata["id"] = .string(id) }
        logger.info("request", metadata: metadata)
    }

    /// What stands in the path for the route's `{id}`. Ids are numbers and UUIDs; anything else in the path stays out.
    static func id(in path: String, route: String?) -> String? {
        guard let route, let index = route.split(separator: "/").firstIndex(of: "{id}") else { return nil }
        let parts = path.prefix { $0 != "?" }.split(separator: "/")
        guard parts.indices.contains(index), parts[index].utf8.allSatisfy(isOfID), parts[index].utf8.count <= 36 else {
            return nil
        }
        return String(parts[index])
    }

    private static func isOfID(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 97...102, 65...70, 45: true
        default: false
        }
    }

    /// To the hundredth.
    private static func rounded(_ number: Double) -> String { ((number * 100).rounded() / 100).description }
}

/// Is told about every request, for the metrics.
package protocol RequestMeter: Sendable {
    func requestBegan()
    func requestEnded(_ record: AccessRecord)
}
