import ArgumentParser
import FaceClustering
import FaceCore
import Foundation

/// `measure search`: how long it takes to find the faces, or the people, nearest to one among many.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Times the search among vectors, one query at a time.",
        discussion: """
            The first vectors are searched, the last ones are the queries. Prints the numbers of the nearest vectors of each \
            query to a file on request, for comparison with another search.
            """)

    @OptionGroup var file: VectorFile

    @Option(help: "Queries: the file's last vectors.")
    var queries = 1_000

    @Option(help: "Nearest ones that are asked for.")
    var limit = 10

    @Flag(help: "Screen by bytes.")
    var bytes = false

    @Option(help: "Divide the vectors into cells and look at so many of them: an approximate answer.")
    var probes: Int?

    @Option(help: "Faces of a person, one after another: the nearest people are asked for, each by her best face.")
    var people: Int?

    @Option(help: "Threads; all processors by default.")
    var threads: Int?

    @Option(help: "Where the answers go, a line a query.")
    var answers: String?

    private struct Answer: Encodable {
        let vectors: Int
        let threads: Int
        let medianMilliseconds: Double
        let slowestMilliseconds: Double
        let secondsToBuild: Double
        let cells: Int?
    }

    func run() throws {
        let vectors = try file.read()
        let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        let count = vectors.count - queries
        guard count > 0, queries > 0, limit > 0, threads > 0, people ?? 1 > 0, probes ?? 1 > 0 else {
            throw ValidationError("There must be vectors, queries and threads.")
        }
        let begin = ContinuousClock.now
        let index = build(vectors, count: count, threads: threads)
        let building = ContinuousClock.now - begin
        var spent: [Double] = []
        var lines: [String] = []
        for query in count..<vectors.count {
            let vector = vectors[query]
            var found: [VectorMatch<Int>] = []
            let duration = ContinuousClock().measure {
                found = index.search(vector, limit: limit, facesPerPerson: people)
            }
            spent.append(duration.milliseconds)
            lines.append(found.map { "\($0.key)" }.joined(separator: " "))
        }
        if let answers { try lines.joined(separator: "\n").write(toFile: answers, atomically: true, encoding: .utf8) }
        spent.sort()
        try JSONLines().print(
            Answer(
                vectors: count, threads: threads, medianMilliseconds: spent[spent.count / 2],
                slowestMilliseconds: spent[spent.count - 1],
                secondsToBuild: building.milliseconds / 1000, cells: index.cells))
    }

    private func build(_ vectors: VectorSet, count: Int, threads: Int) -> Index {
        let screen: FlatVectorIndex<Int>.Screen = bytes ? .bytes : .none
        guard let probes else {
            var index = FlatVectorIndex<Int>(
                dimension: vectors.dimension, metric: .cosine, screen: screen, threads: threads)
            for place in 0..<count { index.add(vectors[place], for: place) }
            return .exact(index)
        }
        var index = PartitionedVectorIndex<Int>(
            dimension: vectors.dimension, metric: .cosine, screen: screen, probes: probes, threads: threads)
        for place in 0..<count { index.add(vectors[place], for: place) }
        index.divide()
        return .approximate(index)
    }

    private enum Index {
        case exact(FlatVectorIndex<Int>)
        case approximate(PartitionedVectorIndex<Int>)

        var cells: Int? {
            if case .approximate(let index) = self { index.cellCount } else { nil }
        }

        func search(_ query: [Float], limit: Int, facesPerPerson: Int?) -> [VectorMatch<Int>] {
            switch (self, facesPerPerson) {
            case (.exact(let index), let faces?): index.search(query, limit: limit) { $0 / faces }
            case (.exact(let index), nil): index.search(query, limit: limit)
            case (.approximate(let index), let faces?): index.search(query, limit: limit) { $0 / faces }
            case (.approximate(let index), nil): index.search(query, limit: limit)
            }
        }
    }
}
