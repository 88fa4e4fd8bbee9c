import FaceClustering
import FaceCore
import FaceStore

/// Finds people whose faces look like two groups.
///
/// All strong faces of a person are linked on average until two groups are left; how far these are from each other says
/// whether she is one. Faces that a user placed are known to be hers, so only a part without any can be somebody else.
struct LikelyMixUps {
    let scene: GroupingScene
    /// As a share of the threshold: two parts that are nearer are one person.
    static let cut = 0.85
    /// People with more faces are judged by that many of them, spread evenly.
    static let largest = 1000

    /// - Parameter budget: multiplications at most; the smaller people are looked at first, as their share of it is small.
    func candidates(threshold: Double, budget: Double) -> [SuggestionCandidate] {
        var left = budget
        var found: [SuggestionCandidate] = []
        for (person, members) in scene.members.sorted(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }) {
            guard members.count > 2 else { continue }
            let judged = Double(min(members.count, Self.largest))
            left -= judged * judged * Double(scene.vectors.dimension)
            guard left > 0 else { break }
            if let candidate = candidate(person, members, threshold: threshold) { found.append(candidate) }
        }
        return found
    }

    private func candidate(_ person: PersonID, _ members: [Int], threshold: Double) -> SuggestionCandidate? {
        guard let parts = parts(of: members, threshold: threshold), parts.dissimilarity >= Self.cut * threshold else {
            return nil
        }
        let hasPlaced = [parts.first, parts.second].map { $0.contains { scene.faces[$0].isPlacedByUser } }
        let isFirstOff: Bool
        switch (hasPlaced[0], hasPlaced[1]) {
        case (true, true): return nil
        case (true, false): isFirstOff = false
        case (false, true): isFirstOff = true
        case (false, false): isFirstOff = parts.first.count < parts.second.count
        }
        let (stays, goes) = isFirstOff ? (parts.second, parts.first) : (parts.first, parts.second)
        let digest = FaceDigest.of(goes.map { scene.faces[$0].id })
        return SuggestionCandidate(
            subject: .mixUp(person, digest: digest),
            sides: [stays, goes].map { SuggestionCandidate.Side(person: person, rows: $0) },
            dissimilarity: parts.dissimilarity)
    }

    /// The two groups that average linkage merges last, and how far apart they are; weak and unjudged faces go with the
    /// nearer one.
    private func parts(
        of members: [Int], threshold: Double
    ) -> (first: [Int], second: [Int], dissimilarity: Double)? {
        let telling = scene.telling(members)
        let step = max(1, (telling.count + Self.largest - 1) / Self.largest)
        let judged = stride(from: 0, to: telling.count, by: step).map { telling[$0] }
        guard judged.count > 1 else { return nil }
        let linkage = AverageLinkage(threshold: .greatestFiniteMagnitude, dissimilarity: scene.dissimilarity)
        let merging = linkage.merge(vectors: scene.vectors.selecting(judged))
        guard let last = lastMerge(of: merging, judged, threshold: threshold) else { return nil }
        var parts = last.parts
        let groups = parts.map { VectorGroup($0, of: scene.vectors, for: scene.dissimilarity) }
        let seen = Set(parts.joined())
        for member in members where !seen.contains(member) {
            let own = VectorGroup([member], of: scene.vectors, for: scene.dissimilarity)
            let distances = groups.map { scene.dissimilarity.between(own, $0) ?? 0 }
            parts[distances[0] <= distances[1] ? 0 : 1].append(member)
        }
        return (parts[0].sorted(), parts[1].sorted(), last.dissimilarity)
    }

    /// The two sides of the last merge that tells of two people. A single face that the other side adopts by its centre tells
    /// nothing: that it is far from the others on average is why it was adopted.
    private func lastMerge(
        of merging: Merging, _ judged: [Int], threshold: Double
    ) -> (parts: [[Int]], dissimilarity: Double)? {
        let reach = AverageLinkage(threshold: threshold, dissimilarity: scene.dissimilarity).centreThreshold
        for (index, merge) in merging.merges.enumerated().reversed() {
            var sets = (0..<judged.count).map { [$0] }
            for earlier in merging.merges[..<index] { sets[earlier.first] += sets[earlier.second] }
            let parts = [merge.first, merge.second].map { sets[$0].map { judged[$0] } }
            if !isAdopted(parts[0], by: parts[1], within: reach) && !isAdopted(parts[1], by: parts[0], within: reach) {
                return (parts, merge.dissimilarity)
            }
        }
        return nil
    }

    private func isAdopted(_ single: [Int], by others: [Int], within reach: Double) -> Bool {
        guard single.count == 1, others.count >= FaceAdoption.minimumCount else { return false }
        let centre = VectorGroup(others, of: scene.vectors, for: scene.dissimilarity).centre(for: scene.dissimilarity)
        let face = VectorGroup(single, of: scene.vectors, for: scene.dissimilarity)
        return scene.dissimilarity.between(face, centre) ?? .infinity <= reach
    }
}

/// A short name for a set of faces.
enum FaceDigest {
    /// Sixteen hexadecimal digits, the same for the same faces in any order (FNV-1a, 64 bits, over their ids).
    static func of(_ faces: [FaceID]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for face in faces.sorted() {
            for shift in stride(from: 0, to: 64, by: 8) {
                hash ^= UInt64(truncatingIfNeeded: face.rawValue >> Int64(shift)) & 0xff
                hash = hash &* 0x0000_0100_0000_01b3
            }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
