import CLibPQ
import Foundation
import Synchronization

/// One connection to PostgreSQL, used by one thread at a time. Calls block.
///
/// libpq's connection must not be used by two threads at once: it lies behind this lock.
final class PostgresLink: Sendable {
    private struct State {
        var connection: OpaquePointer?
        /// The names of statements that the server has compiled, by their text.
        var prepared: [String: String] = [:]
    }

    private let state = Mutex(State())
    /// How far the server's clock is ahead of this machine's.
    let clockOffset: Duration

    /// - Throws: `PostgresError`.
    init(to server: PostgresServer) throws {
        let parameters = server.parameters.sorted { $0.key < $1.key }
        let failure = state.withLock { state -> PostgresError? in
            state.connection = Self.withStrings(parameters.map(\.key)) { names in
                Self.withStrings(parameters.map(\.value)) { PQconnectdbParams(names, $0, 0) }
            }
            guard PQstatus(state.connection) != CONNECTION_OK else { return nil }
            let message = String(cString: PQerrorMessage(state.connection))
            return PostgresError(code: Self.code(ofConnecting: message), message: message)
        }
        if let failure { throw failure }
        clockOffset = try Self.offset(state)
    }

    deinit { state.withLock { PQfinish($0.connection) } }

    /// Whether it can still be used, as far as is known without asking.
    var isUsable: Bool { state.withLock { PQstatus($0.connection) == CONNECTION_OK } }

    /// Whether a transaction is open, be it a failed one.
    var isInTransaction: Bool {
        state.withLock { PQtransactionStatus($0.connection) != PQTRANS_IDLE }
    }

    /// Runs statements without placeholders.
    ///
    /// - Throws: `PostgresError`.
    func run(_ text: String) throws {
        _ = try state.withLock { state in
            Self.rows(of: PQexec(state.connection, text), on: state.connection)
        }.get()
    }

    /// Runs one statement.
    ///
    /// - Parameter isKept: whether the server keeps it compiled.
    /// - Throws: `PostgresError`.
    func rows(_ text: String, _ values: [StatementValue], isKept: Bool) throws -> PostgresRows {
        let parameters = values.map(PostgresParameter.init)
        return try state.withLock { state -> Result<PostgresRows, PostgresError> in
            var name: String?
            if isKept {
                switch Self.prepare(text, parameters, &state) {
                case .success(let prepared): name = prepared
                case .failure(let error): return .failure(error)
                }
            }
            let connection = state.connection
            let types = parameters.map(\.type)
            let lengths = parameters.map { Int32($0.bytes?.count ?? 0) }
            let formats = parameters.map { Int32($0.isBinary ? 1 : 0) }
            let count = Int32(parameters.count)
            let result = Self.withBytes(parameters.map(\.bytes)) { values in
                if let name {
                    PQexecPrepared(connection, name, count, values, lengths, formats, 1)
                } else {
                    PQexecParams(connection, text, count, types, values, lengths, formats, 1)
                }
            }
            return Self.rows(of: result, on: connection)
        }.get()
    }

    /// Waits until somebody notifies of something this connection listens to, at most for so long.
    ///
    /// - Returns: the payloads, in their order; none when the time is up.
    /// - Throws: `PostgresError` when the connection is lost.
    func notices(atMost patience: Duration) throws -> [String] {
        try state.withLock { state -> Result<[String], PostgresError> in
            let connection = state.connection
            var waiting = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
            if let told = Self.told(connection) { return .success(told) }
            _ = poll(&waiting, 1, Int32(clamping: Int(patience / .milliseconds(1))))
            guard PQconsumeInput(connection) == 1 else {
                return .failure(PostgresError(code: "", message: String(cString: PQerrorMessage(connection))))
            }
            return .success(Self.told(connection) ?? [])
        }.get()
    }

    /// The payloads that have come; nil when none has.
    private static func told(_ connection: OpaquePointer?) -> [String]? {
        var payloads: [String] = []
        while let notice = PQnotifies(connection) {
            payloads.append(String(cString: notice.pointee.extra))
            PQfreemem(notice)
        }
        return payloads.isEmpty ? nil : payloads
    }

    private static func prepare(
        _ text: String, _ parameters: [PostgresParameter], _ state: inout State
    ) -> Result<String, PostgresError> {
        let types = parameters.map(\.type)
        // The same text with values of other types is another statement.
        let key = text + types.map { " \($0)" }.joined()
        if let name = state.prepared[key] { return .success(name) }
        let name = "s\(state.prepared.count)"
        let answer = PQprepare(state.connection, name, text, Int32(types.count), types)
        if case .failure(let error) = rows(of: answer, on: state.connection) { return .failure(error) }
        state.prepared[key] = name
        return .success(name)
    }

    // MARK: Results

    /// Copies a result and frees it.
    private static func rows(
        of result: OpaquePointer?, on connection: OpaquePointer?
    ) -> Result<PostgresRows, PostgresError> {
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: break
        default:
            let code = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) } ?? ""
            return .failure(PostgresError(code: code, message: String(cString: PQerrorMessage(connection))))
        }
        var rows = PostgresRows()
        rows.changes = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
        let columns = PQnfields(result)
        for column in 0..<columns {
            rows.types.append(PQftype(result, column))
            // Of columns with one name the first is meant, as in SQLite.
            if let name = PQfname(result, column).map({ String(cString: $0) }), rows.names[name] == nil {
                rows.names[name] = Int(column)
            }
        }
        let count = PQntuples(result)
        rows.ends.reserveCapacity(Int(count) * Int(columns))
        for row in 0..<count {
            for column in 0..<columns {
                guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else {
                    rows.ends.append(-1 - rows.bytes.count)
                    continue
                }
                let length = Int(PQgetlength(result, row, column))
                rows.bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: length))
                rows.ends.append(rows.bytes.count)
            }
        }
        return .success(rows)
    }

    /// What the server answers while connecting has no code in libpq 15, only words, which are in the server's language;
    /// the C locale's are looked for.
    private static func code(ofConnecting message: String) -> String {
        if message.contains("password") || message.contains("role ") || message.contains("pg_hba") { return "28P01" }
        if message.contains("database "), message.contains("does not exist") { return "3D000" }
        if message.contains("too many") { return "53300" }
        return ""
    }

    private static func offset(_ state: borrowing Mutex<State>) throws -> Duration {
        let before = Date()
        let rows = try state.withLock { state in
            Self.rows(
                of: PQexec(state.connection, "SELECT extract(epoch FROM clock_timestamp())"), on: state.connection)
        }.get()
        let after = Date()
        let middle = before.addingTimeInterval(after.timeIntervalSince(before) / 2)
        // The simple protocol gives texts.
        guard let range = rows.range(row: 0, column: 0),
            let seconds = Double(String(decoding: rows.bytes[range], as: UTF8.self))
        else { return .zero }
        return .seconds(seconds - middle.timeIntervalSince1970)
    }

    // MARK: Pointers

    private static func withStrings<Value>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        withBytes(strings.map { Array($0.utf8) + [0] }, terminated: true) { body($0) }
    }

    /// Pointers to the values, nil for those that are missing, and one nil more where a list has to be terminated.
    private static func withBytes<Value>(
        _ values: [[UInt8]?], terminated: Bool = false, _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        // One byte more, so that an empty last value has an address.
        let all = Array(values.compactMap { $0 }.joined()) + [0]
        return all.withUnsafeBytes { bytes in
            var start = bytes.baseAddress
            var pointers: [UnsafePointer<CChar>?] = values.map { value in
                guard let value else { return nil }
                defer { start = start?.advanced(by: value.count) }
                return start?.assumingMemoryBound(to: CChar.self)
            }
            // An empty list has an address too.
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { buffer in
                guard let address = buffer.baseAddress else { preconditionFailure("a list with an element is empty") }
                return body(address)
            }
        }
    }
}

/// A value as it goes to PostgreSQL: texts and numbers in words, bytes as they are.
private struct PostgresParameter {
    var type: UInt32
    /// With a terminating zero where it is in words; nil for a missing value.
    var bytes: [UInt8]?
    var isBinary: Bool

    init(_ value: StatementValue) {
        switch value {
        case .integer(let number): (type, bytes, isBinary) = (20, number.map { Self.words("\($0)") }, false)
        case .real(let number): (type, bytes, isBinary) = (701, number.map { Self.words("\($0)") }, false)
        case .text(let text): (type, bytes, isBinary) = (25, text.map(Self.words), false)
        case .bytes(let data): (type, bytes, isBinary) = (17, data.map { [UInt8]($0) }, true)
        case .binary(let data): (type, bytes, isBinary) = (0, [UInt8](data), true)
        }
    }

    private static func words(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }
}
