import FaceCore
import Foundation

/// The labels of a set of real photos: labels.csv of the folder that LIK_TEST_PHOTOS names.
struct LabelledPhotos {
    struct Entry {
        let file: String
        let identity: String
        let isSingle: Bool
        /// Every face of the photo is labelled.
        let isFullyCounted: Bool
        let boxes: [(box: BoundingBox, identity: String)]
    }

    let folder: String
    let entries: [Entry]

    /// Near-duplicates of other photos are left out.
    init(folder: String) throws {
        self.folder = folder
        let text = try String(contentsOfFile: folder + "/labels.csv", encoding: .utf8)
        var rows = text.split(whereSeparator: \.isNewline).map { Self.fields(String($0)) }
        let header = rows.removeFirst()
        entries = rows.compactMap { row in
            let field = Dictionary(zip(header, row)) { first, _ in first }
            guard field["duplicate_of", default: ""].isEmpty else { return nil }
            let boxes = field["boxes", default: ""].split(separator: ";").compactMap { Self.box(String($0)) }
            let names = field["box_identities", default: ""]
            var identities = names.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
            if identities.count != boxes.count { identities = names.split(separator: "|").map(String.init) }
            return Entry(
                file: field["file", default: ""], identity: field["identity", default: ""],
                isSingle: field["kind"] == "single", isFullyCounted: !field["n_faces", default: ""].isEmpty,
                boxes: boxes.enumerated().map {
                    ($0.element, $0.offset < identities.count ? identities[$0.offset] : "?")
                })
        }
    }

    private static func box(_ text: String) -> BoundingBox? {
        let numbers = text.split(separator: ",").compactMap { Double($0) }
        guard numbers.count == 4 else { return nil }
        return BoundingBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }

    /// The fields of a line of comma-separated values; quotes hold commas.
    private static func fields(_ line: String) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }
}

/// What was found on labelled photos, laid over the labels.
struct LabelMatches {
    /// Boxes of the labels.
    private(set) var labelled = 0
    /// Those that a face was found for.
    private(set) var hit = 0
    /// Faces where nobody is, on photos all of whose faces are labelled.
    private(set) var extra = 0
    /// Who somebody is, for each found face that has a name: the photo, the index of the face on it, the name.
    private(set) var named: [(file: String, face: Int, identity: String)] = []

    /// - Parameter found: the boxes of the faces on each photo.
    init(_ photos: LabelledPhotos, found: [String: [BoundingBox]]) {
        for entry in photos.entries {
            let boxes = found[entry.file] ?? []
            if entry.boxes.isEmpty, entry.isSingle {
                // A tight crop: the largest face is the person.
                labelled += 1
                guard let largest = boxes.indices.max(by: { boxes[$0].area < boxes[$1].area }) else { continue }
                hit += 1
                extra += boxes.count - 1
                named.append((entry.file, largest, entry.identity))
                continue
            }
            var left = Array(boxes.indices)
            labelled += entry.boxes.count
            for (label, identity) in entry.boxes {
                let best = left.filter { Self.matches(boxes[$0], label) }.max {
                    boxes[$0].intersectionOverUnion(label) < boxes[$1].intersectionOverUnion(label)
                }
                guard let best else { continue }
                hit += 1
                left.removeAll { $0 == best }
                if !identity.isEmpty, identity != "?" { named.append((entry.file, best, identity)) }
            }
            if entry.isFullyCounted { extra += left.count }
        }
    }

    private static func matches(_ face: BoundingBox, _ label: BoundingBox) -> Bool {
        let center = face.center
        return face.intersectionOverUnion(label) >= 0.3
            || (label.x...label.x + label.width).contains(center.x)
                && (label.y...label.y + label.height).contains(center.y)
    }
}
