import FaceClustering
import FaceCore
import Testing

@testable import FaceLibrary
@testable import FaceStore

/// How vectors in the database are filled and kept in step.
@Suite(.enabled(if: ThrowawayPostgres.hasVectors, "There is no PostgreSQL with pgvector"), .timeLimit(.minutes(2)))
struct DatabasePeopleSearchTests {
    private func search(_ store: PostgresLibraryStore) -> DatabasePeopleSearch {
        DatabasePeopleSearch(store: store, vectors: PostgresPersonVectors(of: store))
    }

    @Test func `Until people are filled in a search says that it is not ready`() throws {
        let library = try SearchedLibrary(.database, [])
        try library.add(2)
        #expect(throws: FaceStoreError.searchNotReady) { try library.nearest(to: library.centres[0], limit: 1) }
        try library.prepare()
        #expect(try library.nearest(to: library.centres[0], limit: 1).map(\.person) == library.people)
    }

    @Test func `A filling that was broken off goes on where it was`() throws {
        let library = try SearchedLibrary(.database, [])
        for _ in 0..<3 { try library.add(2) }
        let store = try #require(library.store as? PostgresLibraryStore)
        let search = search(store)
        // Broken off before the first portion, and then before the index is made.
        var asked = 0
        #expect(
            try !search.keepInStep(library.pack) {
                asked += 1
                return asked < 2
            })
        asked = 0
        #expect(
            try !search.keepInStep(library.pack) {
                asked += 1
                return asked < 3
            })
        #expect(throws: FaceStoreError.searchNotReady) { try library.nearest(to: library.centres[0], limit: 1) }
        // What came in between is found, too.
        try library.add(3)
        _ = try store.journal.perform(.move([library.faces[0][0]], to: library.people[1]))
        #expect(try search.keepInStep(library.pack))
        for centre in library.centres { try library.expectSame(centre, limit: 4, "all") }
    }

    @Test func `Two processes share the vectors, and either sees what the other stored`() throws {
        let library = try SearchedLibrary(.database, [2, 2, 1])
        let server = try #require(ThrowawayPostgres.sharedWithVectors).server(
            schema: try #require(library.store as? PostgresLibraryStore).links.server.schema)
        let other = try PostgresLibraryStore(server: server)
        defer { try? other.close() }
        let search = search(other)
        try library.add(2)
        let probe = library.probe(library.centres[3])
        let found = try search.nearest(
            to: [probe], limit: 1, among: nil, model: SearchedLibrary.model, options: library.options)
        #expect(found[0].map(\.person) == [library.people[3]])
        _ = try other.journal.perform(.delete(library.people[3]))
        try library.expectSame(library.centres[3], limit: 4, "without her")
    }

    @Test func `Another rule for weak faces, or another metric, has vectors of its own`() throws {
        let library = try SearchedLibrary(.database, [2, 2, 1])
        var pack = library.pack
        pack.grouping.metric = .euclidean
        let search = search(try #require(library.store as? PostgresLibraryStore))
        #expect(throws: FaceStoreError.searchNotReady) {
            try search.nearest(
                to: [library.probe(library.centres[0])], limit: 1, among: nil, model: pack.model,
                options: pack.grouping)
        }
        #expect(try search.keepInStep(pack))
        #expect(try library.nearest(to: library.centres[0], limit: 1).map(\.person) == [library.people[0]])
    }

    @Test func `A library that is too far ahead to catch up with is filled in anew`() throws {
        let library = try SearchedLibrary(.database, [2, 2, 1])
        let store = try #require(library.store as? PostgresLibraryStore)
        try library.add(1)
        _ = try store.connection.write { try PeopleVersion.startAnew(in: $0) }
        #expect(throws: FaceStoreError.searchNotReady) { try library.nearest(to: library.centres[0], limit: 1) }
        try library.prepare()
        for centre in library.centres { try library.expectSame(centre, limit: 4, "all") }
    }
}

@Suite(.enabled(if: ThrowawayPostgres.isInstalled, "PostgreSQL is not installed"))
struct MissingVectorExtensionTests {
    @Test func `A server without the extension is told of in a sentence`() throws {
        let store = try PostgresLibraryStore(server: try #require(ThrowawayPostgres.shared).server())
        defer { try? store.close() }
        #expect(throws: FaceStoreError.vectorSearchMissing(isOnServer: false)) {
            try PostgresPersonVectors(of: store).prepare()
        }
    }
}
