import ArgumentParser
import FaceClustering
import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// `measure arrive`: what a new photo costs a large library, from the database to the person.
struct ArriveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arrive", abstract: "Times the grouping of new photos in a library of made-up people.",
        discussion: """
            The library is made in FILE when it is not there: each person has the same number of made-up faces as \
            with `assign`, a hundred faces a photo. Then photos of one face come in, each is recorded, and grouped as the \
            server does after a task. The first grouping reads the library and is told apart. New photos stay in FILE.
            """)

    @Argument(help: "The library's database.")
    var file: String

    @Option(help: "People.")
    var people = 100_000

    @Option(help: "Faces of each person.")
    var faces = 10

    @Option(help: "Numbers a face.")
    var dimension = 512

    @Option(help: "Photos that come in, after the first one.")
    var newcomers = 200

    private struct Answer: Encodable {
        let people: Int
        let faces: Int
        let firstSeconds: Double
        let recordMilliseconds: Double
        let medianMilliseconds: Double
        let slowestMilliseconds: Double
        let right: Double
    }

    func validate() throws {
        guard [people, faces, dimension, newcomers].allSatisfy({ $0 >= 1 }) else {
            throw ValidationError("All numbers are at least 1.")
        }
    }

    func run() throws {
        let made = try MadeUpLibrary(file: file, people: people, faces: faces, dimension: dimension)
        let (store, centres) = (made.store, made.centres)
        var random = MadeUpFaces(dimension: dimension, seed: UInt64(Date().timeIntervalSince1970))
        let grouping = PersonGrouping(
            store: store, options: GroupingOptions(algorithm: .average, eps: 0.6, metric: .cosine))
        var recording: [Double] = []
        var spent: [Double] = []
        var right = 0
        for _ in 0...newcomers {
            let person = Int(random.next() % UInt64(people))
            let vector = random.face(near: centres[person])
            var face: FaceID?
            recording.append(
                try ContinuousClock().measure { face = try made.record([vector], hash: random.next()).first }
                    .milliseconds)
            spent.append(try ContinuousClock().measure { try grouping.run(model: MadeUpLibrary.model) }.milliseconds)
            // People were made in the order of their centres, so their ids follow it.
            if let face, try store.faces.face(face)?.person == PersonID(Int64(person) + 1) { right += 1 }
        }
        let first = spent.removeFirst() / 1000
        spent.sort()
        recording.sort()
        try JSONLines().print(
            Answer(
                people: try store.counts().persons, faces: try store.counts().faces, firstSeconds: first,
                recordMilliseconds: recording[recording.count / 2], medianMilliseconds: spent[spent.count / 2],
                slowestMilliseconds: spent[spent.count - 1], right: Double(right) / Double(newcomers + 1)))
    }
}
