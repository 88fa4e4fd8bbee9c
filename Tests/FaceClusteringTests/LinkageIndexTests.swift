import FaceClustering
import Testing

@Suite struct LinkageIndexTests {
    typealias Index = LinkageIndex<Int64>

    @Test(arguments: [Dissimilarity.cosine, .squaredEuclidean])
    func `Newcomers end up where linkage over all groups puts them`(dissimilarity: Dissimilarity) {
        var joined = 0
        var united = 0
        var kept = 0
        for seed in 0..<40 {
            let library = Library(seed: UInt64(seed), dissimilarity: dissimilarity)
            let search = library.index.search(library.newcomers, changed: library.changed)
            let outcome = search.outcome(library.constraints)
            #expect(library.partition(after: outcome) == library.expected())
            for gathering in outcome {
                joined += gathering.keys.isEmpty ? 0 : gathering.newcomers.count
                united += gathering.keys.count > 1 ? 1 : 0
                let parts =
                    gathering.keys.compactMap { library.index.group(for: $0) }
                    + gathering.newcomers.map { library.newcomers[$0] }
                #expect(gathering.group.count == parts.reduce(0) { $0 + $1.count })
            }
            kept += library.partition(after: search.outcome()) == library.expected() ? 0 : 1
        }
        #expect(joined > 40 && united > 10 && kept > 10, "all kinds of outcome have to occur for this to mean anything")
    }

    @Test(arguments: [Dissimilarity.cosine, .squaredEuclidean])
    func `The nearest groups are those of comparing with every group`(dissimilarity: Dissimilarity) throws {
        var library = Library(seed: 77, dissimilarity: dissimilarity)
        for key in library.index.keysForTest.prefix(3) { library.index.remove(key) }
        let keys = library.index.keysForTest
        let queries = library.newcomers.enumerated().map { index, group in
            Index.Query(group, excluded: Set(keys.filter { $0 % 5 == Int64(index % 5) }))
        }
        for limit in [1, 3, 1000] {
            for radius in [nil, 0.9] as [Double?] {
                let found = library.index.nearest(to: queries, limit: limit, within: radius)
                #expect(found.count == queries.count)
                for (query, matches) in zip(queries, found) {
                    let all = try keys.filter { !query.excluded.contains($0) }.map { key in
                        let group = try #require(library.index.group(for: key))
                        return Index.Match(
                            key: key, dissimilarity: try #require(dissimilarity.between(query.group, group)))
                    }.filter { $0.dissimilarity <= radius ?? .infinity }
                        .sorted { ($0.dissimilarity, $0.key) < ($1.dissimilarity, $1.key) }
                    #expect(matches == Array(all.prefix(limit)))
                }
            }
        }
        #expect(library.index.nearest(to: queries, limit: 0) == Array(repeating: [], count: queries.count))
    }

    @Test func `Groups are replaced, merged and taken out`() {
        let linkage = AverageLinkage(threshold: 0.5, dissimilarity: .squaredEuclidean)
        var index = LinkageIndex<Int>(dimension: 1, linkage: linkage)
        index.set(VectorGroup([1]), for: 7)
        index.set(VectorGroup([3]), for: 9)
        index.set(VectorGroup([50]), for: 8)
        index.set(VectorGroup([2]), for: 7)
        #expect(index.count == 3 && index.group(for: 7)?.mean == [2])
        for (gone, kept, isDone) in [(4, 7, false), (7, 7, false), (9, 7, true)] {
            let answer = index.merge(gone, into: kept)
            #expect(answer == isDone)
        }
        let isThere = index.remove(9)
        #expect(!isThere)
        #expect(index.count == 2 && index.group(for: 9) == nil)
        #expect(index.group(for: 7) == VectorGroup([VectorGroup([2]), VectorGroup([3])]))
        let near = index.nearest(to: [.init(VectorGroup([2.5]))], limit: 5)
        #expect(near == [[.init(key: 7, dissimilarity: 0.25), .init(key: 8, dissimilarity: 47.5 * 47.5)]])
        let search = index.search([VectorGroup([2.4]), VectorGroup([70])])
        #expect(search.keys == [7], "no other group can change")
        let outcome = search.outcome()
        #expect(outcome.map(\.keys) == [[7], []] && outcome.map(\.newcomers) == [[0], [1]])
    }

    @Test func `Two settled groups never meet, and a rejected face goes elsewhere`() {
        let linkage = AverageLinkage(threshold: 4, dissimilarity: .squaredEuclidean)
        var index = LinkageIndex<Int>(dimension: 1, linkage: linkage)
        index.set(VectorGroup([0]), for: 1)
        index.set(VectorGroup([2.2]), for: 2)
        let search = index.search([VectorGroup([1])])
        #expect(search.outcome().map(\.keys) == [[1, 2]])
        #expect(search.outcome(.init(settled: [1, 2])).map(\.keys) == [[1]])
        let rejected = LinkageIndex<Int>.Constraints(
            settled: [1, 2], separated: [.init(.newcomer(0), .group(1)), .init(.group(99), .newcomer(0))])
        #expect(search.outcome(rejected).map(\.keys) == [[2]])
        #expect(index.search([], changed: [1, 1, 5]).outcome().isEmpty, "apart by more than the threshold")
        index.set(VectorGroup([0.5]), for: 1)
        #expect(index.search([], changed: [1]).outcome().map(\.keys) == [[1, 2]])
    }
}

/// People who are settled under random constraints, some changed since, and newcomers.
private struct Library {
    var index: LinkageIndex<Int64>
    var newcomers: [VectorGroup]
    var changed: [Int64]
    var constraints: LinkageIndex<Int64>.Constraints

    init(seed: UInt64, dissimilarity: Dissimilarity) {
        var generator = SeededGenerator(seed: seed)
        let faces = SyntheticFaces(people: 14, faces: 1...9, dimension: 10, seed: seed + 500)
        let singles = (0..<faces.vectors.count).map { VectorGroup(faces.vectors[$0]) }
        let linkage = AverageLinkage(
            threshold: dissimilarity == .cosine ? 0.6 : 1.1, dissimilarity: dissimilarity)
        let (old, new) = (singles.prefix(singles.count * 2 / 3), singles.dropFirst(singles.count * 2 / 3))
        let pairs = (0..<old.count / 2).map { _ in
            MergeConstraints.Pair(Int.random(in: 0..<old.count, using: &generator), old.count - 1)
        }.filter { $0.first != $0.second }
        let anchors = old.indices.map { _ in Int?.some(Int.random(in: 0..<40, using: &generator)) }
            .map { $0.flatMap { $0 < 12 ? $0 : nil } }
        // People under these constraints are settled: those within the threshold are kept apart by what they inherit.
        let merging = linkage.merge(
            groups: Array(old), constraints: MergeConstraints(anchors: anchors, separated: pairs))
        index = LinkageIndex(dimension: 10, linkage: linkage)
        constraints = .init()
        func key(_ group: Int) -> Int64 { Int64(group * 7 % 101) }
        for group in 0..<merging.groupCount {
            let members = old.indices.filter { merging.groupOf[$0] == group }
            index.set(VectorGroup(members.map { old[$0] }), for: key(group))
        }
        for first in old.indices {
            for second in old.indices where merging.groupOf[first] != merging.groupOf[second] {
                let haveTwoAnchors = Set([anchors[first], anchors[second]].compactMap { $0 }).count == 2
                if haveTwoAnchors || pairs.contains(.init(first, second)) || pairs.contains(.init(second, first)) {
                    constraints.separated.append(
                        .init(.group(key(merging.groupOf[first])), .group(key(merging.groupOf[second]))))
                }
            }
        }
        newcomers = Array(new)
        changed = (0..<merging.groupCount).filter { $0 % 6 == 5 }.map(key)
        for (key, group) in zip(changed, newcomers) { index.set(group, for: key) }
        newcomers.removeFirst(min(changed.count, newcomers.count))
        // Any two may be settled by now, as what was forbidden before was less.
        constraints.settled = Set(index.keysForTest.filter { _ in Bool.random(using: &generator) })
        for newcomer in newcomers.indices {
            if let key = index.keysForTest.randomElement(using: &generator), Bool.random(using: &generator) {
                constraints.separated.append(.init(.newcomer(newcomer), .group(key)))
            }
            if newcomer > 0, newcomer.isMultiple(of: 3) {
                constraints.separated.append(.init(.newcomer(newcomer - 1), .newcomer(newcomer)))
            }
        }
    }

    /// The keys and newcomers (as negative numbers) that are together.
    func partition(after outcome: [LinkageIndex<Int64>.Gathering]) -> Set<Set<Int64>> {
        let gathered = outcome.map { Set($0.keys + $0.newcomers.map { -1 - Int64($0) }) }
        let touched = Set(outcome.flatMap(\.keys))
        return Set(gathered).union(index.keysForTest.filter { !touched.contains($0) }.map { [$0] })
    }

    /// By average linkage over everything.
    func expected() -> Set<Set<Int64>> {
        let keys = index.keysForTest
        let names = newcomers.indices.map { -1 - Int64($0) } + keys
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        func place(_ member: LinkageIndex<Int64>.Member) -> Int? {
            switch member {
            case .newcomer(let index): places[-1 - Int64(index)]
            case .group(let key): places[key]
            }
        }
        let pairs = constraints.separated.compactMap { pair in
            place(pair.first).flatMap { first in place(pair.second).map { MergeConstraints.Pair(first, $0) } }
        }
        let anchors = names.enumerated().map { constraints.settled.contains($1) ? Int?.some($0) : nil }
        let merging = index.linkage.merge(
            groups: newcomers + keys.compactMap { index.group(for: $0) },
            constraints: MergeConstraints(anchors: anchors, separated: pairs))
        var groups: [Int: Set<Int64>] = [:]
        for (name, group) in zip(names, merging.groupOf) { groups[group, default: []].insert(name) }
        return Set(groups.values)
    }
}

extension LinkageIndex<Int64> {
    /// The test's keys are below 101.
    fileprivate var keysForTest: [Int64] { (0..<101).filter { group(for: $0) != nil } }
}
