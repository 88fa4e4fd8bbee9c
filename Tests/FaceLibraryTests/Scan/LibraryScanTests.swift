import FaceAnalysis
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Imaging
import Synchronization
import Testing

@Suite struct LibraryScanTests {
    private let folder: URL
    private let store: any LibraryStore
    private static let red: (UInt8, UInt8, UInt8) = (250, 10, 10)
    private static let blue: (UInt8, UInt8, UInt8) = (10, 10, 250)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lik-scan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try SQLiteLibraryStore.inMemory()
    }

    private func put(_ name: String, _ colours: [(UInt8, UInt8, UInt8)], seed: UInt8 = 0) throws {
        try PaintedFaces.ppm(colours, seed: seed).write(to: folder.appendingPathComponent(name))
    }

    private func scan(
        jobs: Int = 2, maximumBytes: Int = 1_000_000, cancellation: ScanCancellation = ScanCancellation(),
        analyzer: FaceAnalyzer = PaintedFaces.analyzer, report: @escaping @Sendable (ScanEvent) -> Void = { _ in }
    ) throws -> ScanReport {
        let options = ScanOptions(
            jobs: jobs, maximumBytes: maximumBytes,
            grouping: GroupingOptions(algorithm: .average, eps: 0.1, metric: .euclidean))
        return try LibraryScan(store: store, decoder: PhotoDecoder(), analyzer: analyzer, options: options)
            .run(PhotoFolder().listing(of: [folder.path]), cancellation: cancellation, report: report)
    }

    @Test func `Photos become faces and faces become people`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red, Self.blue])
        try put("b.ppm", [Self.red], seed: 1)
        try put("c.ppm", [], seed: 2)
        let result = try LibraryListing(store: store).result(of: scan())
        #expect(result.photos.map(\.faces.count) == [2, 1, 0])
        #expect(result.people.map(\.faceCount).sorted() == [1, 2])
        #expect(result.photos[0].width == 80 && result.photos[0].height == 40)
        let red = try #require(result.photos[1].faces.first?.person)
        #expect(result.photos[0].faces.map(\.person).filter { $0 == red }.count == 1)
    }

    @Test func `Whoever watches a scan is told how long each stage took`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red, Self.blue])
        let times = StageTimes()
        let options = ScanOptions(
            jobs: 1, grouping: GroupingOptions(algorithm: .average, eps: 0.1, metric: .euclidean))
        let scan = LibraryScan(
            store: store, decoder: PhotoDecoder(), analyzer: PaintedFaces.analyzer, options: options, observer: times)
        let listing = try PhotoFolder().listing(of: [folder.path])
        _ = try scan.run(listing)
        for stage in PhotoStage.allCases { #expect(times.milliseconds(stage) > 0, "\(stage)") }
        let decoding = times.milliseconds(.decode)
        // A known photo costs none of them.
        _ = try scan.run(listing)
        #expect(times.milliseconds(.decode) == decoding)
    }

    @Test func `A second scan adds nothing and looks at no photo again`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red, Self.blue])
        _ = try scan()
        let people = try store.persons.all()
        let again = try scan()
        #expect(again.known == 1 && again.analyzed == 0 && again.newFaces == 0)
        #expect(try store.persons.all() == people)
        #expect(try store.counts().analyzedPhotos == 1)
    }

    @Test func `The same bytes under another name are a duplicate, a moved file is known`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red])
        _ = try scan()
        try put("copy.ppm", [Self.red])
        #expect(try scan().duplicates == 1)
        try FileManager.default.removeItem(at: folder.appendingPathComponent("copy.ppm"))
        try FileManager.default.moveItem(
            at: folder.appendingPathComponent("a.ppm"), to: folder.appendingPathComponent("moved.ppm"))
        let report = try scan()
        #expect(report.known == 1 && report.duplicates == 0)
        #expect(try store.counts().analyzedPhotos == 1)
    }

    @Test func `A photo added later joins its person, whose name stays`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red])
        try put("b.ppm", [Self.blue])
        let first = try LibraryListing(store: store).result(of: scan())
        let red = try #require(first.photos[0].faces.first?.person)
        _ = try store.persons.rename(red, to: "Рыжая")
        try put("c.ppm", [Self.red], seed: 9)
        let result = try LibraryListing(store: store).result(of: scan())
        #expect(result.photos[2].faces.first?.person == red)
        #expect(result.people.first { $0.id == red }?.displayName == "Рыжая")
    }

    @Test func `A broken file fails alone and is tried again`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red])
        try Data("<html>".utf8).write(to: folder.appendingPathComponent("b.jpg"))
        let report = try scan()
        #expect(report.analyzed == 1 && report.failures.map(\.file.name) == ["b.jpg"])
        try put("b.jpg", [Self.blue])
        #expect(try scan().analyzed == 1)
    }

    @Test func `A file over the limit is refused`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red])
        #expect(try scan(maximumBytes: 100).failures.count == 1)
    }

    @Test func `A cancelled scan keeps what it did, and the next one goes on from there`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for index in 0..<20 { try put("\(index).ppm", [Self.red], seed: UInt8(index)) }
        let cancellation = ScanCancellation()
        let report = try scan(jobs: 1, cancellation: cancellation) { event in
            if case .file(let done, _, _) = event, done == 5 { cancellation.cancel() }
        }
        #expect(report.wasCancelled && report.files.count == 5)
        #expect(try store.counts().analyzedPhotos == 5)
        #expect(try store.persons.all().map(\.faceCount) == [5])
        let rest = try scan()
        #expect(!rest.wasCancelled && rest.known == 5 && rest.analyzed == 15)
        #expect(try store.persons.all().map(\.faceCount) == [20])
    }

    @Test func `Events count every file once, in order, whatever the number of threads`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for index in 0..<30 { try put("\(index).ppm", [Self.blue], seed: UInt8(index)) }
        let done = Mutex<[Int]>([])
        _ = try scan(jobs: 8) { event in
            if case .file(let number, _, _) = event { done.withLock { $0.append(number) } }
        }
        #expect(done.withLock { $0 } == Array(1...30))
    }

    @Test func `A library of one model refuses another`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try put("a.ppm", [Self.red])
        _ = try scan()
        let other = ModelID("other/model")
        #expect(throws: FaceStoreError.modelMismatch(library: PaintedFaces.model, pack: other)) {
            try scan(analyzer: PaintedFaces.analyzer(model: other))
        }
        #expect(try store.faces.allEmbeddings(model: PaintedFaces.model).faces.count == 1)
    }
}
