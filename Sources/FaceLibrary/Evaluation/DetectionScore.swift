import FaceCore

/// What a detector found of what there was to find, and whose the found faces are.
public struct DetectionScore: Sendable, Hashable {
    /// Faces that are labelled; of a photo without boxes one.
    public var labelled = 0
    /// Those of them that were found.
    public var found = 0
    /// Photos on which every face is labelled.
    public var countedPhotos = 0
    /// Boxes on these where no face is.
    public var extra = 0
    /// Photos on which a labelled face was missed.
    public var missedOn: [String] = []
    /// Whether any face is labelled with its box.
    public var hasBoxes = false
    /// The found faces whose person is known: the index among all faces of the set, and who it is.
    public var named: [NamedFace] = []

    public struct NamedFace: Sendable, Hashable {
        public let index: Int
        public let identity: String
    }

    /// The share of the labelled faces that were found, 0 to 1; nil when none is labelled.
    public var recall: Double? { labelled > 0 ? Double(found) / Double(labelled) : nil }

    /// Duplicates are left out.
    public init(_ set: AnalyzedSet) {
        var offset = 0
        for photo in set.photos {
            if !photo.label.isDuplicate { take(photo, offset: offset) }
            offset += photo.faces.count
        }
    }

    private mutating func take(_ photo: AnalyzedSet.AnalyzedPhoto, offset: Int) {
        let boxes = photo.faces.map(\.face.box)
        var foundHere = 0
        var extraHere = boxes.count
        switch photo.label.label {
        case .faces(let labels):
            hasBoxes = true
            let matching = FaceMatching(labels: labels.map(\.box), found: boxes)
            for (label, face) in zip(labels, matching.faceOfLabel) {
                guard let face else { continue }
                foundHere += 1
                if let identity = label.identity { named.append(NamedFace(index: offset + face, identity: identity)) }
            }
            extraHere = matching.extraCount
        case .largestFace(let identity):
            if let largest = boxes.indices.max(by: { boxes[$0].area < boxes[$1].area }) {
                foundHere = 1
                extraHere -= 1
                named.append(NamedFace(index: offset + largest, identity: identity))
            }
        case .unknown: break
        }
        labelled += photo.label.faceCount
        found += foundHere
        if foundHere < photo.label.faceCount { missedOn.append(photo.label.name) }
        if photo.label.isFullyCounted {
            countedPhotos += 1
            extra += extraHere
        }
    }
}
