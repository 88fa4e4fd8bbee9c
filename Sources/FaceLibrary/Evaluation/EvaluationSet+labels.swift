import FaceCore
public import Foundation

extension EvaluationSet {
    /// Reads labels: a table of comma-separated values with a row a photo, whose first line names the columns.
    ///
    /// | column | holds |
    /// | --- | --- |
    /// | `file` | the photo, relative to the folder |
    /// | `identity` | who is on it; of several people, with `\|` between them |
    /// | `kind` | `group` where the largest face need not be the person's |
    /// | `n_faces` | how many faces there are; empty when nobody counted |
    /// | `boxes` | `x,y,w,h;…`, in pixels of the upright photo |
    /// | `box_identities` | whose each box is, with `;` between them; `?` or nothing for a face that nobody knows |
    /// | `duplicate_of` | another photo that is nearly the same |
    ///
    /// All but the first two may be missing, and `identity` too where there are `boxes`; others are passed over.
    ///
    /// - Throws: `EvaluationError`.
    public init(labels: URL, folder: URL) throws(EvaluationError) {
        let name = labels.lastPathComponent
        let bytes: Data
        do {
            bytes = try Data(contentsOf: labels)
        } catch {
            let reason = FileManager.default.fileExists(atPath: labels.path) ? "it cannot be opened" : "there is none"
            throw .unreadable(file: labels.path, reason: reason)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(file: name) }
        try self.init(labels: text, name: name, folder: folder)
    }

    init(labels text: String, name: String, folder: URL) throws(EvaluationError) {
        var rows = try CommaSeparatedText(text, name: name).rows[...]
        let header = try LabelColumns(rows.popFirst()?.fields ?? [], file: name)
        var photos: [LabelledPhoto] = []
        var problems: [LabelProblem] = []
        var seen: Set<String> = []
        for row in rows {
            do throws(RowError) {
                let photo = try header.photo(row.fields, in: folder)
                guard seen.insert(photo.name).inserted else { throw RowError("“\(photo.name)” is listed twice.") }
                photos.append(photo)
            } catch {
                problems.append(LabelProblem(line: row.line, reason: error.reason))
            }
        }
        if photos.isEmpty {
            guard let first = problems.first else { throw .noLabels(folder: folder.path) }
            throw .noUsableRow(file: name, first: first)
        }
        self.init(photos: photos, problems: problems)
    }
}

/// Why a row of labels cannot be used.
private struct RowError: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

/// Which field of a row is what.
private struct LabelColumns {
    private let positions: [String: Int]
    private let count: Int

    init(_ names: [String], file: String) throws(EvaluationError) {
        var positions: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            let name = name.trimmingCharacters(in: .whitespaces).lowercased()
            guard positions.updateValue(index, forKey: name) == nil || name.isEmpty else {
                throw .repeatedColumn(name, file: file)
            }
        }
        guard positions["file"] != nil else { throw .missingColumn("file", file: file) }
        guard positions["identity"] != nil || positions["boxes"] != nil else {
            throw .missingColumn("identity", file: file)
        }
        self.positions = positions
        count = names.count
    }

    func photo(_ fields: [String], in folder: URL) throws(RowError) -> LabelledPhoto {
        guard fields.count == count else {
            throw RowError("There are \(fields.count) fields where the first line names \(count).")
        }
        let file = self["file", of: fields]
        guard !file.isEmpty else { throw RowError("It names no file.") }
        let place = file.hasPrefix("/") ? URL(fileURLWithPath: file) : folder.appendingPathComponent(file)
        let path = place.standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: path) else { throw RowError("There is no file “\(file)”.") }
        let counted = self["n_faces", of: fields]
        guard counted.isEmpty || Int(counted).map({ $0 >= 0 }) == true else {
            throw RowError("“\(counted)” is no number of faces.")
        }
        return LabelledPhoto(
            name: file, path: path, label: try label(fields), isFullyCounted: !counted.isEmpty,
            isDuplicate: !self["duplicate_of", of: fields].isEmpty)
    }

    private func label(_ fields: [String]) throws(RowError) -> LabelledPhoto.Label {
        let boxes = try boxes(self["boxes", of: fields])
        let people = self["identity", of: fields].split(separator: "|").compactMap { Self.identity($0) }
        if boxes.isEmpty {
            guard people.count == 1, self["kind", of: fields] != "group" else { return .unknown }
            return .largestFace(of: people[0])
        }
        let written = self["box_identities", of: fields]
        var identities = written.split(separator: ";", omittingEmptySubsequences: false).map { Self.identity($0) }
        if written.isEmpty {
            // Of several boxes nobody says which is whose, but for one there is no choice.
            identities = boxes.count == 1 && people.count == 1 ? people : Array(repeating: nil, count: boxes.count)
        }
        guard identities.count == boxes.count else {
            throw RowError("It has \(boxes.count) boxes and says of \(identities.count) whose they are.")
        }
        return .faces(zip(boxes, identities).map { LabelledFace(box: $0, identity: $1) })
    }

    private func boxes(_ text: String) throws(RowError) -> [BoundingBox] {
        var boxes: [BoundingBox] = []
        for part in text.split(separator: ";") {
            let numbers = part.split(separator: ",", omittingEmptySubsequences: false).map {
                Double($0.trimmingCharacters(in: .whitespaces))
            }
            guard numbers.count == 4, let x = numbers[0], let y = numbers[1], let width = numbers[2],
                let height = numbers[3], [x, y, width, height].allSatisfy(\.isFinite), width > 0, height > 0
            else { throw RowError("“\(part)” is no box; it should be x,y,width,height in pixels.") }
            boxes.append(BoundingBox(x: x, y: y, width: width, height: height))
        }
        return boxes
    }

    private subscript(name: String, of fields: [String]) -> String {
        guard let position = positions[name] else { return "" }
        return fields[position].trimmingCharacters(in: .whitespaces)
    }

    /// Nil for a face that nobody knows.
    private static func identity(_ text: Substring) -> String? {
        let name = text.trimmingCharacters(in: .whitespaces)
        return name.isEmpty || name == "?" ? nil : name
    }
}
