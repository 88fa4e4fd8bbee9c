public import Foundation

/// Photos with labels: what recognition is measured on.
public struct EvaluationSet: Sendable {
    public var photos: [LabelledPhoto]
    /// Rows of the labels that were left out.
    public var problems: [LabelProblem]

    public init(photos: [LabelledPhoto], problems: [LabelProblem] = []) {
        self.photos = photos
        self.problems = problems
    }

    /// What a folder's labels are called.
    public static let labelsName = "labels.csv"

    /// Reads a folder: by its `labels.csv` or, where there is none, with one folder a person.
    ///
    /// - Parameter labels: another file with labels; the photos' names in it are relative to the folder all the same.
    /// - Throws: `EvaluationError`, `PhotoIntakeError`.
    public init(folder: URL, labels: URL? = nil) throws {
        var isFolder = ObjCBool(false)
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
            throw PhotoIntakeError.noSuchPath(folder.path)
        }
        let own = folder.appendingPathComponent(Self.labelsName)
        if let labels {
            try self.init(labels: labels, folder: folder)
        } else if FileManager.default.fileExists(atPath: own.path) {
            try self.init(labels: own, folder: folder)
        } else {
            try self.init(peopleIn: folder)
        }
    }

    /// Reads a folder with one folder a person: its name is the person's, and the largest face of each photo in it, or
    /// below it, is hers. Photos that lie in the folder itself are left out.
    ///
    /// - Throws: `EvaluationError.noLabels`, `PhotoIntakeError`.
    public init(peopleIn folder: URL) throws {
        var photos: [LabelledPhoto] = []
        for file in try PhotoFolder().listing(of: [folder.path]).files {
            let parts = file.name.split(separator: "/", maxSplits: 1)
            guard parts.count == 2 else { continue }
            photos.append(
                LabelledPhoto(name: file.name, path: file.path, label: .largestFace(of: String(parts[0]))))
        }
        guard !photos.isEmpty else { throw EvaluationError.noLabels(folder: folder.path) }
        self.init(photos: photos)
    }
}

extension LabelledPhoto {
    /// Who is on it, as far as that can be told of a face.
    var identities: Set<String> {
        switch label {
        case .faces(let faces): Set(faces.compactMap(\.identity))
        case .largestFace(let identity): [identity]
        case .unknown: []
        }
    }
}
