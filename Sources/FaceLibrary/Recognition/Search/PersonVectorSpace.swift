import FaceClustering
import FaceCore
import FaceStore

/// A space in which the Euclidean distance between a face and a person stands for their mean dissimilarity, so that plain
/// vectors are enough to find the same people as a comparison with all faces of everybody.
///
/// Faces lie where their embeddings are, for the cosine brought to length 1. With m the mean of a person's telling faces and s
/// the mean of their squared lengths, she lies at (m, √(s − |m|²)): one number more than a face has, for how far her faces
/// are from each other. For her a face p lies at (p, 0). The squared distance of the two is |p|² + s − 2·p·m, the mean
/// squared distance to her faces; for vectors of length 1 that is twice the mean cosine distance.
struct PersonVectorSpace: Sendable, Hashable {
    let model: ModelID
    let options: GroupingOptions

    /// Tells this way to make vectors from all others.
    var name: String {
        let rule = options.strength
        let parts: [String] = [
            model.rawValue, options.metric.rawValue, "\(rule.minimumSide)", "\(rule.minimumScore)",
            "\(rule.minimumSharpness)", "\(rule.minimumVisibleShare)",
        ]
        return parts.joined(separator: " ")
    }

    // MARK: Vectors

    func vector(of person: PersonID, _ group: VectorGroup) -> PersonVector {
        let square = group.mean.reduce(0) { $0 + Double($1) * Double($1) }
        let spread = max(group.meanSquaredNorm - square, 0).squareRoot()
        return PersonVector(
            person: person, count: group.count, meanSquaredNorm: group.meanSquaredNorm,
            vector: group.mean + [Float(spread)])
    }

    /// The faces of a table that are somebody's.
    func faces(of table: EmbeddingTable) -> [FaceVector] {
        guard table.count > 0 else { return [] }
        let vectors = VectorSet(table)
        return (0..<table.count).filter { table.persons[$0] != nil }.map { row in
            let group = VectorGroup([row], of: vectors, for: options.metric.dissimilarity)
            return FaceVector(face: table.faces[row], vector: group.mean)
        }
    }

    /// What some people look like by the faces of a table.
    func groups(of table: EmbeddingTable) -> [PersonID: VectorGroup] {
        guard table.count > 0 else { return [:] }
        let scene = GroupingScene(
            options.faces(of: table), vectors: VectorSet(table), constraints: PersonConstraints(), options: options)
        return scene.members.mapValues { scene.group($0) }
    }

    // MARK: Searching

    /// Where a face is for people.
    func query(_ probe: VectorGroup) -> [Float] { probe.mean + [0] }

    /// How far somebody is, exactly.
    func match(_ probe: VectorGroup, _ found: PersonVector) -> PersonMatch? {
        let mean = Array(found.vector.dropLast())
        guard mean.count == probe.mean.count else { return nil }
        let group = VectorGroup(count: found.count, mean: mean, meanSquaredNorm: found.meanSquaredNorm)
        return options.metric.dissimilarity.between(probe, group).map {
            PersonMatch(person: found.person, dissimilarity: $0)
        }
    }
}
