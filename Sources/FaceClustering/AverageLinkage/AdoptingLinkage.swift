/// Average linkage, after which vectors that were left alone are adopted by the group whose centre is near: what groups
/// faces best, by the figures in docs/grouping.md.
///
/// A mean over all pairs asks more of a face than it should where it meets a large group: the spread of the group's own
/// faces counts against it, so that a face at a similarity of 0.45 to what the person looks like has a mean of 0.36 to
/// her photos. What she looks like is known better than that, by the centre of her faces. So a vector that linkage left
/// alone joins the group whose centre is nearest, when that is within `AverageLinkage.centreThreshold`.
///
/// Groups are those of linkage: what is adopted changes no centre, and brings no two groups together.
public struct AdoptingLinkage: ClusteringAlgorithm, Hashable, Codable {
    /// What goes before, with the threshold for both steps.
    public var linkage: AverageLinkage
    /// The least count of a group that adopts: fewer vectors do not show yet where the centre is, and two that are alike by
    /// chance would gather all that is like them.
    public var minimumCount: Int

    /// - Precondition: `minimumCount >= 2`; the dissimilarity is not `euclidean`, whose means do not follow from centres.
    public init(_ linkage: AverageLinkage, minimumCount: Int = 3) {
        precondition(minimumCount >= 2, "what is alone adopts nobody")
        precondition(linkage.dissimilarity != .euclidean, "Euclidean distances do not follow from means")
        self.linkage = linkage
        self.minimumCount = minimumCount
    }

    /// The group of each vector; nothing is noise. See `AverageLinkage.cluster`.
    public func cluster(_ vectors: VectorSet, threads: Int) -> [Int?] {
        let start = StartingGroups(vectors, dissimilarity: linkage.dissimilarity)
        return groupOf(start, constraints: .none, threads: threads)
    }

    /// Goes on from groups that exist already; groups of one vector without an anchor may be adopted.
    ///
    /// - Parameters:
    ///   - groups: with means of unit vectors for `Dissimilarity.cosine`.
    ///   - constraints: between groups, by their index in `groups`. Whoever adopts inherits them, the nearest first.
    ///   - threads: how many to work on; nil for as many as there are processors.
    /// - Returns: for each input group the index of its resulting group, numbered in the order of first appearance.
    public func merge(groups: [VectorGroup], constraints: MergeConstraints = .none, threads: Int? = nil) -> [Int] {
        groupOf(
            StartingGroups(groups, dissimilarity: linkage.dissimilarity), constraints: constraints,
            threads: threads ?? ParallelLoop.defaultThreads)
    }

    private func groupOf(_ start: StartingGroups, constraints: MergeConstraints, threads: Int) -> [Int] {
        let merging = linkage.merge(
            start, constraints: constraints, threads: threads, pairLimit: AverageLinkage.pairLimit)
        var members = Array(repeating: [Int](), count: merging.groupCount)
        for (index, group) in merging.groupOf.enumerated() { members[group].append(index) }

        var live = LiveConstraints(constraints, count: start.count)
        var adopters: [Int] = []
        var centres = GroupMeans(dimension: start.dimension, dissimilarity: linkage.dissimilarity)
        var centreGroups: [VectorGroup] = []
        var lone: [Int] = []
        for members in members {
            for member in members.dropFirst() { live.merge(member, into: members[0]) }
            if members.reduce(0, { $0 + start.counts[$1] }) >= minimumCount {
                let centre = start.group(of: members).centre(for: linkage.dissimilarity)
                adopters.append(members[0])
                centreGroups.append(centre)
                centres.append(centre)
            } else if members.count == 1, start.counts[members[0]] == 1, !live.isAnchored(members[0]) {
                lone.append(members[0])
            }
        }
        let queries = lone.map { start.group(of: [$0]) }
        let near = centres.candidates(for: queries, limit: nil, within: linkage.centreThreshold, threads: threads)
        var choices: [(dissimilarity: Double, lone: Int, adopter: Int)] = []
        for (index, places) in near.enumerated() {
            for place in places {
                guard let value = linkage.dissimilarity.between(queries[index], centreGroups[place]),
                    value <= linkage.centreThreshold
                else { continue }
                choices.append((value, lone[index], adopters[place]))
            }
        }
        var groupOf = merging.groupOf
        for choice in choices.sorted(by: { $0 < $1 }) where groupOf[choice.lone] == merging.groupOf[choice.lone] {
            guard live.mayMerge(choice.lone, choice.adopter) else { continue }
            live.merge(choice.lone, into: choice.adopter)
            groupOf[choice.lone] = merging.groupOf[choice.adopter]
        }
        return groupOf.map { Optional($0) }.numberedByFirstAppearance().compactMap { $0 }
    }
}

extension StartingGroups {
    /// Some of the groups as one.
    fileprivate func group(of members: [Int]) -> VectorGroup {
        let total = members.reduce(0) { $0 + counts[$1] }
        var sum = Array(repeating: 0.0, count: dimension)
        var mean = sum
        var squaredNorm = 0.0
        for member in members {
            mean.withUnsafeMutableBufferPointer { fill($0, with: member) }
            let share = Double(counts[member]) / Double(total)
            for component in 0..<dimension { sum[component] += share * mean[component] }
            squaredNorm += share * squaredNorms[member]
        }
        return VectorGroup(count: total, mean: sum.map { Float($0) }, meanSquaredNorm: squaredNorm)
    }
}
