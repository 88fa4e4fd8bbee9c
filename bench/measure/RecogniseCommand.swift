import ArgumentParser
import FaceAnalysis
import FaceCache
import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// `measure recognise`: what identifying a face costs among many people, without finding and embedding it.
struct RecogniseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recognise", abstract: "Times the identification of faces among made-up people.",
        discussion: """
            The library is made in FILE when it is not there, as with `arrive`. Faces near people of it are identified one \
            after the other, among everybody and among a collection of them. The first one reads the library and is told \
            apart.
            """)

    @Argument(help: "The library's database.")
    var file: String

    @Option(help: "People.")
    var people = 100_000

    @Option(help: "Faces of each person.")
    var faces = 3

    @Option(help: "Numbers a face.")
    var dimension = 512

    @Option(help: "How many of the people are in the collection.")
    var members = 100_000

    @Option(help: "Faces that are identified, after the first one.")
    var probes = 200

    private struct Answer: Encodable {
        let people: Int
        let members: Int
        let firstSeconds: Double
        let medianMilliseconds: Double
        let slowestMilliseconds: Double
        let collectionMedianMilliseconds: Double
        let collectionSlowestMilliseconds: Double
        let right: Double
    }

    private struct NotNeeded: UserFacingError {
        let message = "No image is looked at."
    }

    func validate() throws {
        guard [people, faces, dimension, members, probes].allSatisfy({ $0 >= 1 }), members <= people else {
            throw ValidationError("All numbers are at least 1, and there are no more members than people.")
        }
    }

    func run() throws {
        let made = try MadeUpLibrary(file: file, people: people, faces: faces, dimension: dimension)
        let store = made.store
        let collection = try store.collections.create(name: UUID().uuidString, threshold: .pack)
        defer { try? store.collections.delete(collection.id) }
        try store.collections.add((1...members).map { PersonID(Int64($0)) }, to: collection.id)
        let folders = LibraryFolders(data: FileManager.default.temporaryDirectory)
        let library = Library(store: store, folders: folders, cache: MemoryCacheDriver())
        let models = AnalysisModels(store: store) {
            AnalysisPack(
                name: "made up", licence: "none", isVerified: true, model: MadeUpLibrary.model,
                detection: DetectionOptions(), grouping: GroupingOptions(algorithm: .average, eps: 0.6, metric: .cosine)
            )
        } load: {
            throw NotNeeded()
        }
        let recognition = Recognition(library: library, models: models)
        var random = MadeUpFaces(dimension: dimension, seed: 7)
        var spent: [Double] = []
        var inCollection: [Double] = []
        var right = 0
        for _ in 0...probes {
            let person = Int(random.next() % UInt64(members))
            let face = MadeUpLibrary.face(random.face(near: made.centres[person]))
            var found: PersonID?
            spent.append(
                try ContinuousClock().measure {
                    found = try recognition.identify([face], limit: 5).first?.person
                }.milliseconds)
            inCollection.append(
                try ContinuousClock().measure {
                    let scope = try recognition.scope(of: collection.id)
                    _ = try recognition.identify([face], limit: 5, in: scope)
                }.milliseconds)
            if found == PersonID(Int64(person) + 1) { right += 1 }
        }
        let first = spent.removeFirst() / 1000
        inCollection.removeFirst()
        spent.sort()
        inCollection.sort()
        try JSONLines().print(
            Answer(
                people: people, members: members, firstSeconds: first, medianMilliseconds: spent[spent.count / 2],
                slowestMilliseconds: spent[spent.count - 1],
                collectionMedianMilliseconds: inCollection[inCollection.count / 2],
                collectionSlowestMilliseconds: inCollection[inCollection.count - 1],
                right: Double(right) / Double(probes + 1)))
    }
}
