import ArgumentParser
import FaceAnalysis
import FaceCache
import FaceClustering
import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// `measure database-search`: what a search for faces and people in PostgreSQL finds and costs, beside the exact one in memory.
struct DatabaseSearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database-search",
        abstract: "Compares the search in PostgreSQL by pgvector with the exact search in memory.",
        discussion: """
            A library of made-up people is stored in the database lik of the server whose socket lies in FOLDER, where it is \
            not there yet. Faces near people of it are searched one after the other.
            """)

    @Argument(help: "The folder of PostgreSQL's socket.")
    var folder: String

    @Option(help: "People.")
    var people = 10_000

    @Option(help: "Faces of each person.")
    var faces = 10

    @Option(help: "Numbers a face.")
    var dimension = 512

    @Option(help: "Faces that are searched.")
    var queries = 200

    @Option(help: "Candidates that the index looks at; several with commas.")
    var breadths = "40,100,200,400,1000"

    private static let limit = 10

    private struct Filling: Encodable {
        let people: Int
        let faces: Int
        let storedSeconds: Double
        let filledSeconds: Double
    }

    private struct Answer: Encodable {
        let breadth: Int
        /// Of the ten nearest faces.
        let faceRecall: Double
        let faceMedianMilliseconds: Double
        let faceP95Milliseconds: Double
        /// Of the ten nearest people.
        let personRecall: Double
        /// How often the nearest person is the same.
        let firstPerson: Double
        /// How often somebody is nearer than the threshold, and the same.
        let identified: Double
        let identifyMedianMilliseconds: Double
        let identifyP95Milliseconds: Double
    }

    private struct InMemory: Encodable {
        let faceMedianMilliseconds: Double
        let identifyMedianMilliseconds: Double
    }

    private struct NotNeeded: UserFacingError {
        let message = "No image is looked at."
    }

    func run() throws {
        let store = try PostgresLibraryStore(server: PostgresServer(host: folder, user: "lik", database: "lik"))
        var made: MadeUpLibrary?
        let storing = try ContinuousClock().measure {
            let isNew = try store.counts().persons == 0
            made = try MadeUpLibrary(store, isNew: isNew, people: people, faces: faces, dimension: dimension)
        }
        guard let made else { return }
        let pack = AnalysisPack(
            name: "made up", licence: "none", isVerified: true, model: MadeUpLibrary.model,
            detection: DetectionOptions(), grouping: GroupingOptions(algorithm: .average, eps: 0.6, metric: .cosine))
        let vectors = PostgresPersonVectors(of: store)
        let filling = try ContinuousClock().measure {
            try DatabasePeopleSearch(store: store, vectors: vectors).keepInStep(pack)
        }
        try JSONLines().print(
            Filling(
                people: people, faces: people * faces, storedSeconds: storing.milliseconds / 1000,
                filledSeconds: filling.milliseconds / 1000))
        var random = MadeUpFaces(dimension: dimension, seed: 7)
        let probes = (0..<queries).map { _ in
            MadeUpLibrary.face(random.face(near: made.centres[Int(random.next() % UInt64(people))]))
        }
        let (wantedFaces, wantedPeople) = try inMemory(probes, store, pack)
        for breadth in breadths.split(separator: ",").compactMap({ Int($0) }) {
            let search = DatabasePeopleSearch(store: store, vectors: vectors, breadth: breadth)
            let recognition = recognition(store, pack, search)
            let faces = try timed(probes) { try search.nearestFaces(to: $0.embedding, limit: Self.limit, of: pack) }
            let people = try timed(probes) { try recognition.identify([$0], limit: Self.limit) }
            let pairs = zip(people.found.map { $0[0] }, wantedPeople)
            let candidates = pairs.map { one, other in
                Self.share(one.candidates.map(\.person), other.candidates.map(\.person))
            }
            let first = pairs.count { $0.candidates.first?.person == $1.candidates.first?.person }
            try JSONLines().print(
                Answer(
                    breadth: breadth, faceRecall: Self.mean(zip(faces.found, wantedFaces).map { Self.share($0, $1) }),
                    faceMedianMilliseconds: faces.median, faceP95Milliseconds: faces.p95,
                    personRecall: Self.mean(candidates), firstPerson: Double(first) / Double(queries),
                    identified: Double(pairs.count { $0.person == $1.person }) / Double(queries),
                    identifyMedianMilliseconds: people.median, identifyP95Milliseconds: people.p95))
        }
    }

    /// The exact answers.
    private func inMemory(
        _ probes: [AnalyzedFace], _ store: any LibraryStore, _ pack: AnalysisPack
    ) throws -> (faces: [[FaceID]], people: [IdentifiedFace]) {
        let table = try store.faces.allEmbeddings(model: pack.model)
        var index = FlatVectorIndex<FaceID>(
            dimension: dimension, metric: .cosine, screen: .bytes,
            threads: ProcessInfo.processInfo.activeProcessorCount)
        for row in 0..<table.count { index.add(Array(table.vector(at: row)), for: table.faces[row]) }
        let faces = try timed(probes) { index.search($0.embedding.vector, limit: Self.limit).map(\.key) }
        let recognition = recognition(store, pack, nil)
        _ = try recognition.identify([probes[0]], limit: Self.limit)
        let people = try timed(probes) { try recognition.identify([$0], limit: Self.limit) }
        try JSONLines().print(
            InMemory(faceMedianMilliseconds: faces.median, identifyMedianMilliseconds: people.median))
        return (faces.found, people.found.map { $0[0] })
    }

    private func recognition(
        _ store: any LibraryStore, _ pack: AnalysisPack, _ search: DatabasePeopleSearch?
    ) -> Recognition {
        let library = Library(
            store: store, folders: LibraryFolders(data: FileManager.default.temporaryDirectory),
            cache: MemoryCacheDriver())
        let models = AnalysisModels(store: store) {
            pack
        } load: {
            throw NotNeeded()
        }
        return Recognition(library: library, models: models, search: search)
    }

    private func timed<Found>(
        _ probes: [AnalyzedFace], _ body: (AnalyzedFace) throws -> Found
    ) throws -> (found: [Found], median: Double, p95: Double) {
        var found: [Found] = []
        var spent: [Double] = []
        for probe in probes {
            spent.append(try ContinuousClock().measure { found.append(try body(probe)) }.milliseconds)
        }
        spent.sort()
        return (found, spent[spent.count / 2], spent[min(spent.count * 95 / 100, spent.count - 1)])
    }

    private static func share<Element: Hashable>(_ found: [Element], _ wanted: [Element]) -> Double {
        wanted.isEmpty ? 1 : Double(Set(found).intersection(wanted).count) / Double(wanted.count)
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }
}
