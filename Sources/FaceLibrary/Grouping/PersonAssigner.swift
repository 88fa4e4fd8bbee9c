public import FaceClustering
public import FaceCore

/// Decides which person each face is: a pure function of the faces, their embeddings and what users said.
///
/// People that exist stay: a face leaves its person only when the whole person is merged into another. A person whom a
/// user named, or with whom a user placed a face, is settled: two settled people are never merged, and a merge always
/// ends in the settled one. So names outlive any number of runs, in any order of the photos.
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
    ///   - named: the people whom a user gave a name.
    ///   - evenIfAllArePlaced: without it, nothing changes when every face has its person.
    public func assign(
        _ faces: [GroupedFace], vectors: VectorSet, named: Set<PersonID>, evenIfAllArePlaced: Bool = false
    ) -> PersonAssignment {
        precondition(faces.count == vectors.count, "one vector a face")
        guard evenIfAllArePlaced || faces.contains(where: { $0.person == nil }) else { return PersonAssignment() }
        let settled = named.union(faces.filter(\.isPlacedByUser).compactMap(\.person))
        let components =
            switch options.algorithm {
            case .average: linked(faces, vectors, settled)
            case .dbscan, .hdbscan: clustered(faces, vectors, settled)
            }
        return assignment(from: components, faces: faces, settled: settled)
    }

    /// People and faces that belong together. `faces` are those that have no person yet.
    private struct Component {
        var people: [PersonID] = []
        var faces: [FaceID] = []
        var isNoise = false
    }

    // MARK: Average linkage

    /// Existing people are groups that linkage starts from, every other face is a group of one.
    private func linked(_ faces: [GroupedFace], _ vectors: VectorSet, _ settled: Set<PersonID>) -> [Component] {
        var atoms: [Component] = []
        var members: [[Int]] = []
        var atomOfPerson: [PersonID: Int] = [:]
        for (index, face) in faces.enumerated() {
            if let person = face.person {
                if let atom = atomOfPerson[person] {
                    members[atom].append(index)
                } else {
                    atomOfPerson[person] = atoms.count
                    atoms.append(Component(people: [person]))
                    members.append([index])
                }
            } else {
                atoms.append(Component(faces: [face.id]))
                members.append([index])
            }
        }
        let linkage = AverageLinkage(
            threshold: options.eps, dissimilarity: options.metric == .cosine ? .cosine : .squaredEuclidean)
        let groups = members.map { VectorGroup($0, of: vectors, atUnitLength: options.metric == .cosine) }
        // A settled person is an anchor: linkage never brings two different ones together.
        let anchors = atoms.map { atom in
            atom.people.first.flatMap { settled.contains($0) ? Int($0.rawValue) : nil }
        }
        return merged(atoms, by: linkage.merge(groups: groups, constraints: MergeConstraints(anchors: anchors)).groupOf)
    }

    private func merged(_ atoms: [Component], by groupOfAtom: [Int]) -> [Component] {
        var components: [Component] = []
        var componentOfGroup: [Int: Int] = [:]
        for (atom, group) in zip(atoms, groupOfAtom) {
            if let component = componentOfGroup[group] {
                components[component].people += atom.people
                components[component].faces += atom.faces
            } else {
                componentOfGroup[group] = components.count
                components.append(atom)
            }
        }
        return components
    }

    // MARK: Density-based algorithms

    /// All faces are clustered afresh; a person goes, as a whole, with the cluster that holds most of her faces, so that
    /// a person who lies in two clusters does not chain them together.
    private func clustered(_ faces: [GroupedFace], _ vectors: VectorSet, _ settled: Set<PersonID>) -> [Component] {
        let labels = densityAlgorithm.cluster(vectors)
        var votes: [PersonID: [Int: Int]] = [:]
        for (face, label) in zip(faces, labels) {
            guard let person = face.person, let label else { continue }
            votes[person, default: [:]][label, default: 0] += 1
        }
        var components: [Int: Component] = [:]
        var noise: [Component] = []
        for (person, counts) in votes.sorted(by: { $0.key < $1.key }) {
            // The lowest label wins a tie, so that the result does not depend on the order of a dictionary.
            guard let home = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key else { continue }
            components[home, default: Component()].people.append(person)
        }
        for (face, label) in zip(faces, labels) where face.person == nil {
            if let label {
                components[label, default: Component()].faces.append(face.id)
            } else {
                noise.append(Component(faces: [face.id], isNoise: options.minSamples > 1))
            }
        }
        return components.sorted { $0.key < $1.key }.flatMap { splitSettled($0.value, settled) } + noise
    }

    /// A cluster that holds two settled people stays two people; the rest of it goes to neither by itself.
    private func splitSettled(_ component: Component, _ settled: Set<PersonID>) -> [Component] {
        guard component.people.filter(settled.contains).count > 1 else { return [component] }
        return component.people.map { Component(people: [$0]) }
            + (component.faces.isEmpty ? [] : [Component(faces: component.faces)])
    }

    private var densityAlgorithm: any ClusteringAlgorithm {
        switch options.algorithm {
        case .hdbscan:
            HDBSCAN(
                minClusterSize: max(options.minSamples, 2), minSamples: max(options.minSamples, 2),
                clusterSelectionEpsilon: options.eps, metric: options.metric)
        case .dbscan, .average:
            DBSCAN(eps: options.eps, minSamples: options.minSamples, metric: options.metric)
        }
    }

    // MARK: Result

    private func assignment(
        from components: [Component], faces: [GroupedFace], settled: Set<PersonID>
    ) -> PersonAssignment {
        var sizes: [PersonID: Int] = [:]
        for face in faces {
            if let person = face.person { sizes[person, default: 0] += 1 }
        }
        func rank(_ person: PersonID) -> (Int, Int, Int64) {
            (settled.contains(person) ? 1 : 0, sizes[person, default: 0], -person.rawValue)
        }
        var result = PersonAssignment()
        for component in components {
            if let survivor = component.people.max(by: { rank($0) < rank($1) }) {
                for face in component.faces { result.joined[face] = survivor }
                for other in component.people where other != survivor { result.merged[other] = survivor }
            } else if component.isNoise {
                result.unknown += component.faces
            } else if !component.faces.isEmpty {
                result.created.append(component.faces)
            }
        }
        return result
    }
}

extension VectorGroup {
    /// The group of some of the vectors.
    fileprivate init(_ members: [Int], of vectors: VectorSet, atUnitLength: Bool) {
        var sum = [Double](repeating: 0, count: vectors.dimension)
        var squares = 0.0
        for member in members {
            let vector = vectors[member]
            let square = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
            let factor = atUnitLength && square > 0 ? 1 / square.squareRoot() : 1
            for index in sum.indices { sum[index] += factor * Double(vector[index]) }
            squares += factor * factor * square
        }
        let count = Double(members.count)
        self.init(count: members.count, mean: sum.map { Float($0 / count) }, meanSquaredNorm: squares / count)
    }
}
