import FaceCore
import Foundation
import Testing

@testable import FaceStore

@Suite struct AuditLogContract {
    private static func entry(_ number: Int, _ asker: AuditEntry.Asker) -> AuditEntry {
        AuditEntry(
            at: SteadyClock.start.addingTimeInterval(Double(number)), asker: asker, method: "GET",
            path: "/api/persons/\(number)", status: 200 + number, address: "192.0.2.1", requestID: "request-\(number)")
    }

    @Test(arguments: Backend.allCases)
    func `What was asked for is listed newest first, page by page, of all or of one key`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let entries = [
            Self.entry(1, .serverKey), Self.entry(2, .key(KeyID(7), name: "Дверь")), Self.entry(3, .wrongKey),
            Self.entry(4, .key(KeyID(7), name: "Дверь")), Self.entry(5, .key(KeyID(8), name: "LIK_API_KEY")),
        ]
        try library.store.audit.append(Array(entries[..<2]))
        try library.store.audit.append([])
        try library.store.audit.append(Array(entries[2...]))
        let log = try library.elsewhere().audit
        let first = try log.entries(key: nil, after: nil, limit: 3)
        #expect(first.elements == Array(entries.reversed().prefix(3)))
        let rest = try log.entries(key: nil, after: try #require(first.next), limit: 3)
        #expect(rest.elements == [entries[1], entries[0]] && rest.next == nil)
        #expect(try log.entries(key: KeyID(7), after: nil, limit: 9).elements == [entries[3], entries[1]])
    }

    @Test(arguments: Backend.allCases)
    func `The oldest requests go when there are too many`(backend: Backend) throws {
        let library = try TemporaryLibrary(backend)
        let connection = try #require(library.store as? any TableStore).connection
        let log = SQLAuditLog(connection: connection, capacity: 3)
        for number in 1...5 { try log.append([Self.entry(number, .serverKey)]) }
        #expect(try log.entries(key: nil, after: nil, limit: 9).elements.map(\.status) == [205, 204, 203])
    }
}
