import ArgumentParser
import FaceClustering
import Foundation

/// `measure assign`: how long it takes to find a new face's person among many.
struct AssignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign", abstract: "Times the assignment of new faces to made-up people.",
        discussion: """
            Each person has the same number of made-up faces, whose cosine to what she looks like is 0.79 on average. Then new \
            faces of these people come in, one by one or several at once; each is assigned by average linkage at 0.6, and \
            what was left alone by adoption, and the index is brought up to date.
            """)

    @Option(help: "People.")
    var people = 100_000

    @Option(help: "Faces of each person.")
    var faces = 10

    @Option(help: "Numbers a face.")
    var dimension = 512

    @Option(help: "New faces.")
    var newcomers = 200

    @Option(help: "New faces that come at once.")
    var batch = 1

    @Option(help: "Threads; all processors by default.")
    var threads: Int?

    private struct Answer: Encodable {
        let people: Int
        let faces: Int
        let batch: Int
        let threads: Int
        let medianMilliseconds: Double
        let slowestMilliseconds: Double
        let right: Double
    }

    func validate() throws {
        guard [people, faces, dimension, newcomers, batch].allSatisfy({ $0 >= 1 }) else {
            throw ValidationError("All numbers are at least 1.")
        }
    }

    func run() throws {
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        var made = MadeUpFaces(dimension: dimension)
        let linkage = AverageLinkage(threshold: 0.6, dissimilarity: .cosine)
        var index = LinkageIndex<Int>(dimension: dimension, linkage: linkage)
        var centres: [Int: [Float]] = [:]
        let visitors = (0..<newcomers).map { _ in Int(made.next() % UInt64(people)) }
        let visited = Set(visitors)
        for person in 0..<people {
            let centre = made.direction()
            index.set(VectorGroup((0..<faces).map { _ in VectorGroup(made.face(near: centre)) }), for: person)
            if visited.contains(person) { centres[person] = centre }
        }
        var spent: [Double] = []
        var right = 0
        for start in stride(from: 0, to: newcomers, by: batch) {
            let people = visitors[start..<min(start + batch, newcomers)]
            let vectors = people.compactMap { centres[$0] }.map { VectorGroup(made.face(near: $0)) }
            var found: [Int?] = []
            let duration = ContinuousClock().measure { found = assign(vectors, to: &index, threads: threads) }
            spent.append(duration.milliseconds / Double(vectors.count))
            right += zip(people, found).count { $0 == $1 }
        }
        spent.sort()
        try JSONLines().print(
            Answer(
                people: people, faces: people * faces, batch: batch, threads: threads,
                medianMilliseconds: spent[spent.count / 2], slowestMilliseconds: spent[spent.count - 1],
                right: Double(right) / Double(newcomers)))
    }

    /// The person whom each newcomer joined.
    private func assign(_ newcomers: [VectorGroup], to index: inout LinkageIndex<Int>, threads: Int) -> [Int?] {
        var found: [Int?] = Array(repeating: nil, count: newcomers.count)
        var lone: [Int] = []
        for gathering in index.search(newcomers, threads: threads).outcome() {
            if let person = gathering.keys.first {
                for newcomer in gathering.newcomers { found[newcomer] = person }
                for other in gathering.keys.dropFirst() { index.remove(other) }
                index.set(gathering.group, for: person)
            } else {
                lone += gathering.newcomers
            }
        }
        let adopters = index.adopters(of: lone.map { .init(newcomers[$0]) }, limit: 1, threads: threads)
        for (newcomer, matches) in zip(lone, adopters) { found[newcomer] = matches.first?.key }
        return found
    }
}
