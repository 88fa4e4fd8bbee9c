import FaceClustering
import FaceCore
import FaceStore

/// What there is to ask about a library's people: a pure function of faces, embeddings and what users said.
struct SuggestionSearch {
    let options: GroupingOptions
    /// Multiplications for each of the two kinds: some seconds on one core.
    var budget = 2e10

    /// How many questions are kept ready.
    static let capacity = 300
    static let exampleCount = 4

    /// Candidates with examples of both sides; the best by what is known before any answer.
    func candidates(in table: EmbeddingTable, constraints: PersonConstraints) -> [Found] {
        guard table.count > 0 else { return [] }
        let scene = GroupingScene(
            options.faces(of: table), vectors: VectorSet(table), constraints: constraints, options: options)
        let threshold = options.linkageThreshold
        let all =
            LikelyMerges(scene: scene).candidates(threshold: threshold, budget: budget)
            + LikelyMixUps(scene: scene).candidates(threshold: threshold, budget: budget)
        let ranked = SuggestionRanking(threshold: threshold, answers: []).ranked(all).prefix(Self.capacity)
        return ranked.map { ranked in
            Found(
                candidate: ranked.candidate,
                examples: ranked.candidate.sides.map { examples(of: $0.rows, in: scene) },
                splitOff: ranked.candidate.splitOff.map { table.faces[$0] })
        }
    }

    struct Found: Sendable, Hashable {
        let candidate: SuggestionCandidate
        /// For each side.
        let examples: [[FaceID]]
        let splitOff: [FaceID]
    }

    /// The faces nearest to a side's mean.
    private func examples(of rows: [Int], in scene: GroupingScene) -> [FaceID] {
        let telling = scene.telling(rows).prefix(LikelyMixUps.largest)
        let center = scene.group(rows)
        let distances = telling.map { row in
            let own = VectorGroup([row], of: scene.vectors, for: scene.dissimilarity)
            return (row: row, distance: scene.dissimilarity.between(own, center) ?? 0)
        }
        return distances.sorted { ($0.distance, $0.row) < ($1.distance, $1.row) }.prefix(Self.exampleCount).map {
            scene.faces[$0.row].id
        }
    }
}

extension SuggestionCandidate {
    /// The rows of the faces that a yes would split off; none for a merge.
    fileprivate var splitOff: [Int] {
        guard case .mixUp = subject, sides.count > 1 else { return [] }
        return sides[1].rows
    }
}

extension GroupingOptions {
    /// The faces of a table as grouping sees them.
    func faces(of table: EmbeddingTable) -> [GroupedFace] {
        (0..<table.count).map { row in
            GroupedFace(
                id: table.faces[row], photo: table.photos[row], person: table.persons[row],
                isPlacedByUser: table.isPlacedByUser[row], isWeak: strength.isWeak(table.strengths[row]))
        }
    }

    /// What a mean dissimilarity is compared with, whatever the algorithm is. A distance of neighbours is taken for a mean
    /// one, its square for the Euclidean metric; HDBSCAN, which has none, gets what the packs' thresholds have in common.
    var linkageThreshold: Double {
        switch algorithm {
        case .average: eps
        case .dbscan, .hdbscan:
            if eps > 0 { metric == .cosine ? eps : eps * eps } else { metric == .cosine ? 0.6 : 0.37 }
        }
    }
}

extension VectorSet {
    init(_ table: EmbeddingTable) {
        self.init(dimension: max(table.dimension, 1), values: table.values)
    }
}
