import FaceCore
import Foundation

/// The JSON object in a request's body, field by field.
struct JSONBody: Sendable {
    private let fields: [String: Value]

    /// - Throws: `APIError.invalidJSON` when the body is no JSON object.
    init(_ json: Data) throws(APIError) {
        do {
            fields = try JSONDecoder().decode([String: Value].self, from: json)
        } catch {
            throw .invalidJSON
        }
    }

    /// An absent body, where nothing has to be said.
    init(orEmpty json: Data) throws(APIError) {
        try self.init(json.isEmpty ? Data("{}".utf8) : json)
    }

    /// Whether the field is there, as null too.
    func has(_ name: String) -> Bool { fields[name] != nil }

    /// Nil when it is absent or null.
    func text(_ name: String) throws(APIError) -> String? {
        switch fields[name] {
        case nil, .null: nil
        case .text(let text): text
        default: throw .invalidParameter(name: name)
        }
    }

    /// A list of texts; nil when it is absent or null.
    func texts(_ name: String) throws(APIError) -> [String]? {
        switch fields[name] {
        case nil, .null: return nil
        case .list(let values):
            var texts: [String] = []
            for value in values {
                guard case .text(let text) = value else { throw .invalidParameter(name: name) }
                texts.append(text)
            }
            return texts
        default: throw .invalidParameter(name: name)
        }
    }

    func flag(_ name: String) throws(APIError) -> Bool? {
        switch fields[name] {
        case nil, .null: nil
        case .flag(let flag): flag
        default: throw .invalidParameter(name: name)
        }
    }

    /// A number that is finite.
    func number(_ name: String) throws(APIError) -> Double? {
        switch fields[name] {
        case nil, .null: nil
        case .integer(let number): Double(number)
        case .number(let number) where number.isFinite: number
        default: throw .invalidParameter(name: name)
        }
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
        switch fields[name] {
        case nil, .null: return nil
        case .integer(let number):
            guard let number = Int(exactly: number), range.contains(number) else { break }
            return number
        default: break
        }
        throw .invalidParameter(name: name)
    }

    func id<Kind>(_ name: String) throws(APIError) -> Identifier<Kind>? {
        switch fields[name] {
        case nil, .null: return nil
        case .integer(let number) where number > 0: return Identifier(number)
        default: throw .invalidParameter(name: name)
        }
    }

    /// A list of 1 to `limit` different ids.
    ///
    /// - Throws: `APIError.missingParameter`, `.invalidParameter`.
    func ids<Kind>(_ name: String, limit: Int = 100_000) throws(APIError) -> [Identifier<Kind>] {
        guard let value = fields[name], value != .null else { throw .missingParameter(name: name) }
        guard case .list(let values) = value, (1...limit).contains(values.count) else {
            throw .invalidParameter(name: name)
        }
        var seen: Set<Int64> = []
        var ids: [Identifier<Kind>] = []
        for value in values {
            guard case .integer(let number) = value, number > 0 else { throw .invalidParameter(name: name) }
            if seen.insert(number).inserted { ids.append(Identifier(number)) }
        }
        return ids
    }

    /// An object of numbers under ids, `{"7": 31}`; empty when it is absent.
    func numbersByID<Kind>(_ name: String) throws(APIError) -> [Identifier<Kind>: Int64] {
        switch fields[name] {
        case nil, .null: return [:]
        case .object(let fields):
            var numbers: [Identifier<Kind>: Int64] = [:]
            for (key, value) in fields {
                guard let id = Int64(key), id > 0, case .integer(let number) = value, number >= 0 else {
                    throw .invalidParameter(name: name)
                }
                numbers[Identifier(id)] = number
            }
            return numbers
        default: throw .invalidParameter(name: name)
        }
    }

    private enum Value: Decodable, Hashable, Sendable {
        case null
        case flag(Bool)
        case integer(Int64)
        case number(Double)
        case text(String)
        case list([Value])
        case object([String: Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(Bool.self) {
                self = .flag(value)
            } else if let value = try? container.decode(Int64.self) {
                self = .integer(value)
            } else if let value = try? container.decode(Double.self) {
                self = .number(value)
            } else if let value = try? container.decode(String.self) {
                self = .text(value)
            } else if let value = try? container.decode([Value].self) {
                self = .list(value)
            } else {
                self = .object(try container.decode([String: Value].self))
            }
        }
    }
}
