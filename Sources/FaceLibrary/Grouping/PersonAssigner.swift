public import FaceClustering
import FaceCore
public import FaceStore

/// Decides which person each face is: a pure function of the faces, their embeddings and what users said.
///
/// docs/people.md has the rules it keeps to. With average linkage the faces of unsettled people near to new faces are
/// grouped anew together with these (`PersonNeighbourhood`), so that the order in which photos come hardly matters;
/// people keep their ids by the bulk of their faces (`PersonSuccession`). What a user placed never moves, settled people
/// stay as they are and are never merged with each other.
public struct PersonAssigner: Sendable {
    public let options: GroupingOptions

    public init(options: GroupingOptions) {
        self.options = options
    }

    /// Groups the faces that nobody was found for yet with each other and with the people that exist.
    ///
    /// - Parameters:
    ///   - faces: every face of the library, those of existing people included.
    ///   - vectors: their embeddings, in the same order.
    ///   - constraints: what users said; who has a placed face is settled besides.
    ///   - comparingEverybody: people are compared with each other, even when no face is without a person.
    /// - Precondition: one vector a face.
    public func assign(
        _ faces: [GroupedFace], vectors: VectorSet, constraints: PersonConstraints = PersonConstraints(),
        comparingEverybody: Bool = false
    ) -> PersonAssignment {
        let scene = GroupingScene(faces, vectors: vectors, constraints: constraints, options: options)
        guard comparingEverybody || !scene.loose.isEmpty else { return PersonAssignment() }
        let succession = PersonSuccession(scene: scene)
        switch options.algorithm {
        case .average:
            return succession.assignment(to: LinkedGroups(scene: scene).groups(comparingEverybody: comparingEverybody))
        case .dbscan, .hdbscan:
            let atoms = scene.members.keys.sorted().map(scene.atom(of:)) + scene.loose.map { .init(members: [$0]) }
            let (groups, noise) = DenseGroups(scene: scene).groups(of: atoms)
            // With one sample a face without company is a person, as far as `minFaces` allows.
            if options.minSamples == 1 {
                return succession.assignment(to: groups + noise.map { FaceGroup([.init(members: [$0])]) })
            }
            var result = succession.assignment(to: groups)
            result.unknown += noise.map { faces[$0].id }
            return result
        }
    }
}
