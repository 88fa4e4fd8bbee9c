import FaceAnalysis
import FaceClustering
import FaceCore
import Foundation

/// A photo whose one face is good enough to be enrolled.
struct EnrolmentCandidate {
    let photo: EnrolmentPhoto
    let metadata: PhotoMetadata
    let face: AnalyzedFace
    /// Whoever else is on it, as far as photos are searched as a rule.
    let others: [AnalyzedFace]
}

/// Decides which photos somebody can be recognised by.
struct EnrolmentCheck {
    let pack: AnalysisPack

    /// Faces down to this size are looked for, so that one that is too small is told from none.
    static let smallestSize = 12.0

    /// The least shorter side of a face, in pixels.
    var leastSide: Double { max(pack.detection.minimumSize, Double(pack.grouping.strength.minimumSide)) }

    /// The face that counts, of those that were found.
    func face(of faces: [AnalyzedFace], _ rules: EnrolmentRules = .fit) throws(EnrolmentRefusal) -> AnalyzedFace {
        if case .anySingleFace(let minimumScore) = rules {
            let faces = faces.filter { $0.face.detectionScore >= minimumScore ?? pack.detection.minimumScore }
            guard faces.count <= 1 else { throw .severalFaces(faces.count) }
            guard let face = faces.first else { throw .noFace }
            return face
        }
        let side = { (face: AnalyzedFace) in min(face.face.box.width, face.face.box.height) }
        // Small faces in the background do not count beside one that is large enough.
        let large = faces.filter { side($0) >= leastSide }
        guard large.count <= 1 else { throw .severalFaces(large.count) }
        guard let face = large.first else {
            guard let largest = faces.map(side).max() else { throw .noFace }
            throw .tooSmall(side: Int(largest), least: Int(leastSide.rounded(.up)))
        }
        if let quality = face.quality, quality.sharpness < pack.grouping.strength.minimumSharpness { throw .tooBlurred }
        return face
    }

    /// Those of the faces besides the one that counts which a photo's analysis finds as a rule.
    func others(of faces: [AnalyzedFace], than face: AnalyzedFace) -> [AnalyzedFace] {
        faces.filter { other in
            other.face.box != face.face.box && other.face.detectionScore >= pack.detection.minimumScore
                && min(other.face.box.width, other.face.box.height) >= pack.detection.minimumSize
        }
    }

    /// Which of the faces are of one person.
    ///
    /// - Parameter known: the person's faces so far; without one, the face that is nearest to all the others stands for
    ///   her, the first of equals.
    /// - Returns: whether each is like her.
    func areAlike(_ faces: [Embedding], known: VectorGroup?) -> [Bool] {
        let metric = pack.grouping.metric
        let groups = faces.map { VectorGroup([0], of: VectorSet([$0.vector]), for: metric.dissimilarity) }
        func distance(_ first: VectorGroup, _ second: VectorGroup) -> Double {
            first.mean.count == second.mean.count
                ? metric.dissimilarity.between(first, second).map { metric.distance(of: $0) } ?? .infinity : .infinity
        }
        if let known {
            let limit = metric.distance(of: pack.grouping.linkageThreshold)
            return groups.map { distance($0, known) <= limit }
        }
        let sums = groups.map { group in groups.reduce(0) { $0 + distance(group, $1) } }
        guard let middle = groups.indices.min(by: { (sums[$0], $0) < (sums[$1], $1) }) else { return [] }
        return groups.indices.map { $0 == middle || distance(groups[$0], groups[middle]) <= pack.pairThreshold }
    }
}
