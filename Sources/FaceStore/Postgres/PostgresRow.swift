import Foundation

/// The rows of a result, copied out of libpq's memory: one after the other, values in PostgreSQL's binary form.
struct PostgresRows: Sendable {
    var names: [String: Int] = [:]
    /// The number of each column's type.
    var types: [UInt32] = []
    var bytes: [UInt8] = []
    /// Where each value ends in `bytes`, row by row; -1 less the start for one that is missing.
    var ends: [Int] = []
    /// Rows that the statement changed.
    var changes = 0

    var count: Int { types.isEmpty ? 0 : ends.count / types.count }

    func range(row: Int, column: Int) -> Range<Int>? {
        let position = row * types.count + column
        let end = ends[position]
        guard end >= 0 else { return nil }
        let before = position == 0 ? 0 : ends[position - 1]
        return (before >= 0 ? before : -1 - before)..<end
    }
}

/// One row of a result.
struct PostgresRow {
    let rows: PostgresRows
    let number: Int

    func index(of column: String) -> Int {
        guard let index = rows.names[column] else { preconditionFailure("there is no column \(column)") }
        return index
    }

    func isNull(_ index: Int) -> Bool { rows.range(row: number, column: index) == nil }

    func value<Value: ColumnValue>(_ index: Int) -> Value? {
        rows.range(row: number, column: index).flatMap { range in
            Value(postgres: PostgresColumn(bytes: rows.bytes[range], type: rows.types[index]))
        }
    }
}

/// One value of a row, in PostgreSQL's binary form.
struct PostgresColumn {
    let bytes: ArraySlice<UInt8>
    let type: UInt32

    /// The numbers by which PostgreSQL knows types; they never change.
    private enum TypeNumber {
        static let bool: UInt32 = 16
        static let bigint: UInt32 = 20
        static let smallint: UInt32 = 21
        static let integer: UInt32 = 23
        static let real: UInt32 = 700
        static let double: UInt32 = 701
        static let numeric: UInt32 = 1700
    }

    /// A whole number, big-endian; a truth value counts as 0 or 1.
    var integer: Int64? {
        switch type {
        case TypeNumber.bool, TypeNumber.bigint, TypeNumber.smallint, TypeNumber.integer:
            guard let first = bytes.first else { return nil }
            let sign: Int64 = type != TypeNumber.bool && first >= 0x80 ? -1 : 0
            return bytes.reduce(sign) { $0 << 8 | Int64($1) }
        case TypeNumber.numeric: return numeric
        default: return nil
        }
    }

    var double: Double? {
        switch type {
        case TypeNumber.double: Double(bitPattern: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        case TypeNumber.real: Double(Float(bitPattern: bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }))
        default: integer.map { Double($0) }
        }
    }

    /// The whole part of a decimal number, as sums of whole numbers are: digits to the base of 10,000.
    private var numeric: Int64? {
        let words = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
            Int16(bitPattern: UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]))
        }
        guard words.count >= 4, words[2] == 0 || words[2] == 0x4000 else { return nil }
        var value: Int64 = 0
        for position in 0...max(0, Int(words[1])) where words[1] >= 0 {
            let digit = position < Int(words[0]) ? Int64(words[4 + position]) : 0
            value = value * 10_000 + digit
        }
        return words[2] == 0 ? value : -value
    }
}

extension Int64: ColumnValue {
    init?(postgres column: PostgresColumn) {
        guard let number = column.integer else { return nil }
        self = number
    }
}

extension Int: ColumnValue {
    init?(postgres column: PostgresColumn) {
        guard let number = column.integer else { return nil }
        self.init(number)
    }
}

extension Bool: ColumnValue {
    init?(postgres column: PostgresColumn) {
        guard let number = column.integer else { return nil }
        self = number != 0
    }
}

extension Double: ColumnValue {
    init?(postgres column: PostgresColumn) {
        guard let number = column.double else { return nil }
        self = number
    }
}

extension String: ColumnValue {
    init?(postgres column: PostgresColumn) { self.init(decoding: column.bytes, as: UTF8.self) }
}

extension Data: ColumnValue {
    init?(postgres column: PostgresColumn) { self.init(column.bytes) }
}
