import Foundation

/// A value for a placeholder. A missing value keeps its type, which PostgreSQL wants to know.
enum StatementValue {
    case integer(Int64?)
    case real(Double?)
    case text(String?)
    case bytes(Data?)
    /// What only PostgreSQL has, in its binary form and of the type that the statement wants there.
    case binary(Data)
}

/// What can take the place of a placeholder.
protocol StatementArgument {
    static func value(_ argument: Self?) -> StatementValue
}

extension Int: StatementArgument {
    static func value(_ argument: Int?) -> StatementValue { .integer(argument.map { Int64($0) }) }
}

extension Int64: StatementArgument {
    static func value(_ argument: Int64?) -> StatementValue { .integer(argument) }
}

/// Stored as 0 and 1.
extension Bool: StatementArgument {
    static func value(_ argument: Bool?) -> StatementValue { .integer(argument.map { $0 ? 1 : 0 }) }
}

extension Double: StatementArgument {
    static func value(_ argument: Double?) -> StatementValue { .real(argument) }
}

extension String: StatementArgument {
    static func value(_ argument: String?) -> StatementValue { .text(argument) }
}

extension Data: StatementArgument {
    static func value(_ argument: Data?) -> StatementValue { .bytes(argument) }
}

extension Optional: StatementArgument where Wrapped: StatementArgument {
    static func value(_ argument: Wrapped??) -> StatementValue { Wrapped.value(argument ?? nil) }
}

/// The values for a statement's placeholders: in their order for `?`, by number for `?1`, by name for `:name`.
struct StatementArguments: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    private(set) var positional: [StatementValue] = []
    private(set) var named: [String: StatementValue] = [:]

    init(arrayLiteral elements: any StatementArgument...) {
        positional = elements.map { Self.value($0) }
    }

    init(dictionaryLiteral elements: (String, any StatementArgument)...) {
        for (name, argument) in elements { named[name] = Self.value(argument) }
    }

    mutating func append(_ value: StatementValue) { positional.append(value) }

    init(values: [StatementValue]) { positional = values }

    init(_ elements: some Sequence<some StatementArgument>) {
        positional = elements.map { Self.value($0) }
    }

    private static func value<Argument: StatementArgument>(_ argument: Argument) -> StatementValue {
        Argument.value(argument)
    }

    static func + (first: StatementArguments, second: StatementArguments) -> StatementArguments {
        var all = first
        all += second
        return all
    }

    static func += (first: inout StatementArguments, second: StatementArguments) {
        first.positional += second.positional
        first.named.merge(second.named) { _, new in new }
    }
}
