import FaceAnalysis
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Imaging
import Testing

/// What a scan does with faces and files that something is wrong with, and with files that are gone.
@Suite struct TroubleTests {
    private let folder: URL
    private let store: any LibraryStore
    private static let red: (UInt8, UInt8, UInt8) = (250, 10, 10)
    private static let blue: (UInt8, UInt8, UInt8) = (10, 10, 250)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lik-trouble-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("sub"), withIntermediateDirectories: true)
        store = try SQLiteLibraryStore.inMemory()
    }

    private func put(_ name: String, _ colours: [(UInt8, UInt8, UInt8)], seed: UInt8 = 0) throws {
        try PaintedFaces.ppm(colours, seed: seed).write(to: folder.appendingPathComponent(name))
    }

    private func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }

    private func scan(cancellation: ScanCancellation = ScanCancellation()) throws -> ScanReport {
        let options = ScanOptions(
            jobs: 2, grouping: GroupingOptions(algorithm: .average, eps: 0.1, metric: .euclidean))
        return try LibraryScan(
            store: store, decoder: PhotoDecoder(), analyzer: PaintedFaces.analyzer, options: options
        ).run(PhotoFolder().listing(of: [folder.path]), cancellation: cancellation)
    }

    @Test func `A face without direction or embedding is left out, the others stay`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red, PaintedFaces.crooked, PaintedFaces.blank, Self.blue])
        try put("b.ppm", [PaintedFaces.crooked])
        let report = try scan()
        #expect(report.failures.isEmpty && report.newFaces == 2)
        let result = try LibraryListing(store: store).result(of: report)
        #expect(result.photos.map { $0.faces.map(\.face.box.x) } == [[0, 120], []])
    }

    @Test func `A photo of which no face gives an embedding fails`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [PaintedFaces.blank])
        #expect(try scan().failures.count == 1)
    }

    @Test func `Faces that the library refuses fail their photo alone, and its size is known`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [PaintedFaces.infinite, Self.red])
        try put("b.ppm", [Self.red], seed: 1)
        let report = try scan()
        #expect(report.failures.map(\.file.name) == ["a.ppm"] && report.analyzed == 1)
        let photo = try #require(try LibraryListing(store: store).result(of: report).photos.first)
        #expect(photo.width == 80 && photo.height == 40 && photo.error != nil)
    }

    @Test func `A deleted photo leaves the library at the next scan, and its unnamed person too`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red])
        try put("b.ppm", [Self.blue])
        _ = try scan()
        try remove("a.ppm")
        let report = try scan()
        #expect(report.forgotten == 1)
        #expect(try store.counts().analyzedPhotos == 1)
        #expect(try store.persons.all().count == 1)
    }

    @Test func `A photo stays while it lies elsewhere, was only moved, or has a face that a user placed`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red])
        try put("copy.ppm", [Self.red])
        try put("b.ppm", [Self.blue])
        let result = try LibraryListing(store: store).result(of: scan())
        let placed = try #require(result.photos.first { $0.file.name == "b.ppm" }?.faces.first)
        try store.faces.apply(GroupingChange(author: .user, created: [[placed.id]]))
        try remove("a.ppm")
        try remove("b.ppm")
        #expect(try scan().forgotten == 0)
        try FileManager.default.moveItem(
            at: folder.appendingPathComponent("copy.ppm"), to: folder.appendingPathComponent("moved.ppm"))
        #expect(try scan().forgotten == 0)
        #expect(try store.counts().analyzedPhotos == 2)
    }

    @Test func `What may lie on a disk that is not mounted stays`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red])
        try put("sub/b.ppm", [Self.blue])
        _ = try scan()
        try remove("sub")
        #expect(try scan().forgotten == 0)
        // A duplicate does not take the missing folder's place from it either.
        try put("b2.ppm", [Self.blue])
        #expect(try scan().duplicates == 1)
        let known = try #require(
            try store.photos.photo(
                withHash: PhotoBytes(
                    contentsOf: folder.path + "/b2.ppm", limit: 1_000_000
                ).contentHash))
        #expect(try store.photos.locations(of: known.id).count == 2)
        try remove("a.ppm")
        try remove("b2.ppm")
        #expect(try scan().forgotten == 0)
        #expect(try store.counts().analyzedPhotos == 2)
    }

    @Test func `An overwritten photo is forgotten, whatever the new file is`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red])
        try put("b.ppm", [Self.red], seed: 1)
        _ = try scan()
        try put("a.ppm", [Self.blue])
        try Data("no photo".utf8).write(to: folder.appendingPathComponent("b.ppm"))
        let report = try scan()
        #expect(report.forgotten == 2 && report.failures.count == 1)
        #expect(try store.counts().analyzedPhotos == 1)
    }

    @Test func `Two photos that changed their names are both known`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red])
        try put("b.ppm", [Self.blue])
        _ = try scan()
        let people = try store.persons.all().map(\.id)
        try put("a.ppm", [Self.blue])
        try put("b.ppm", [Self.red])
        for (name, age) in [("a.ppm", 1.0), ("b.ppm", 2.0)] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: age)],
                ofItemAtPath: folder.appendingPathComponent(name).path)
        }
        let report = try scan()
        #expect(report.analyzed == 0 && report.forgotten == 0)
        #expect(try store.persons.all().map(\.id) == people)
    }
}
