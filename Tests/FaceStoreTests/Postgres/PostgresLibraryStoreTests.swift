import FaceCore
import Foundation
import Testing

@testable import FaceStore

@Suite(.enabled(if: ThrowawayPostgres.isInstalled, "PostgreSQL is not installed"))
struct PostgresLibraryStoreTests {
    private func cluster() throws -> ThrowawayPostgres { try #require(ThrowawayPostgres.shared) }

    @Test func `Ten who start at once on an empty database make one library`() throws {
        let server = try cluster().server()
        _ = try onThreads(10) { number in
            let store = try PostgresLibraryStore(server: server)
            _ = try store.photos.record(Sample.photo(number), at: nil, faces: Sample.faces(0..<1))
            try store.close()
        }
        let store = try PostgresLibraryStore(server: server)
        #expect(try store.counts().analyzedPhotos == 10)
    }

    @Test func `A library that a newer version has changed is left alone`() throws {
        let server = try cluster().server()
        let store = try PostgresLibraryStore(server: server)
        try store.links.lend(opening: "") { try $0.run("INSERT INTO migration VALUES ('999 from the future')") }
        #expect(throws: FaceStoreError.newerVersion(path: "lik (\(server.schema))")) {
            try PostgresLibraryStore(server: server)
        }
    }

    @Test func `The tables of another program are left alone`() throws {
        let server = try cluster().server()
        let links = PostgresLinks(to: server)
        try links.lend(opening: "") {
            try $0.run("CREATE SCHEMA \(server.schema); CREATE TABLE \(server.schema).photo (a INT)")
        }
        #expect(throws: FaceStoreError.notALibrary(path: "lik (\(server.schema))")) {
            try PostgresLibraryStore(server: server)
        }
    }

    @Test func `A database or user that is not there is named as such`() throws {
        var server = try cluster().server()
        server.database = "elsewhere"
        #expect(throws: FaceStoreError.noDatabase) { try PostgresLibraryStore(server: server) }
        server.database = "lik"
        server.user = "nobody"
        #expect(throws: FaceStoreError.loginRefused) { try PostgresLibraryStore(server: server) }
    }

    @Test func `Connections that the server has cut are replaced, and nobody notices`() throws {
        let server = try cluster().server()
        let store = try PostgresLibraryStore(server: server)
        let other = try PostgresLibraryStore(server: server)
        _ = try onThreads(4) { _ in try store.counts() }
        try other.links.lend(opening: "") { link in
            try link.run(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND query LIKE '%' AND datname = 'lik' AND application_name = 'lik'
                    AND state = 'idle'
                """)
        }
        #expect(try store.persons.create(name: "Anna").name == "Anna")
    }

    @Test func `A connection lost in the middle of a write undoes all of it, and the next write goes through`() throws {
        let store = try PostgresLibraryStore(server: try cluster().server())
        let connection = LibraryConnection(
            backend: PostgresBackend(links: store.links), precision: .float32, clock: { Date() })
        #expect(throws: FaceStoreError.unreachable) {
            try connection.write { database in
                try database.execute(sql: "INSERT INTO meta (key, value) VALUES ('a', 'b')")
                try database.execute(sql: "SELECT pg_terminate_backend(pg_backend_pid())")
            }
        }
        try connection.write { database in
            let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM meta")
            #expect(count == 0)
        }
    }

    @Test func `A photo can be claimed while a long write runs`() throws {
        let store = try PostgresLibraryStore(server: try cluster().server())
        try store.upload(1...2)
        let connection = LibraryConnection(
            backend: PostgresBackend(links: store.links), precision: .float32, clock: { Date() })
        try connection.write { _ in
            let claim = try #require(try store.queue.claim(worker: "a", lease: Sample.lease))
            let isHeld = try store.queue.renew(claim, lease: Sample.lease)
            #expect(isHeld)
            try store.queue.giveBack(claim)
        }
    }

    @Test func `Many workers of many processes claim each photo once`() throws {
        let server = try cluster().server()
        let store = try PostgresLibraryStore(server: server)
        try store.upload(1...60)
        let claimed = try onThreads(6) { worker in
            let own = try PostgresLibraryStore(server: server, connections: 2)
            var indexes: [Int] = []
            while let claim = try own.queue.claim(worker: "\(worker)", lease: Sample.lease) {
                indexes.append(claim.index)
            }
            try own.close()
            return indexes
        }
        // A worker who was beaten to it five times goes to sleep; what is left is for the next look.
        var all = claimed.flatMap { $0 }
        while let claim = try store.queue.claim(worker: "last", lease: Sample.lease) { all.append(claim.index) }
        #expect(all.sorted() == Array(0..<60))
    }

    @Test func `What one does exclusively nobody else does at that time, and afterwards he can`() throws {
        let server = try cluster().server()
        let (one, other) = (try PostgresLibraryStore(server: server), try PostgresLibraryStore(server: server))
        let same = try one.exclusively("grouping") { try other.exclusively("grouping") { 1 } }
        #expect(same == .some(nil))
        let another = try one.exclusively("a") { try other.exclusively("b") { 2 } }
        #expect(another == .some(2))
        let later = try other.exclusively("grouping") { 3 }
        #expect(later == 3)
        #expect(throws: FaceStoreError.damaged) {
            _ = try one.exclusively("a") { throw FaceStoreError.damaged }
        }
        let afterwards = try one.exclusively("a") { 4 }
        #expect(afterwards == 4)
    }

    @Test func `A closed library says so`() throws {
        let store = try PostgresLibraryStore(server: try cluster().server())
        try store.close()
        #expect(throws: FaceStoreError.closed) { try store.counts() }
    }

    @Test func `Moments are the server's`() throws {
        let store = try PostgresLibraryStore(server: try cluster().server())
        let person = try store.persons.create(name: nil)
        #expect(abs(person.createdAt.timeIntervalSinceNow) < 60)
    }
}

extension PostgresLibraryStore {
    fileprivate init(server: PostgresServer, connections: Int) throws {
        var server = server
        server.connections = connections
        try self.init(server: server)
    }
}
