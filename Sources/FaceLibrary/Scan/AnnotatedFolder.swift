import FaceAnalysis
public import FaceCore
import FaceStore
import Foundation
public import Imaging
import Synchronization

/// Writes copies of scanned photos with boxes, names and similarities drawn on them.
public struct AnnotatedFolder: Sendable {
    private let path: String
    private let decoder: PhotoDecoder
    private let maximumBytes: Int
    private let metric: Metric
    private let memory: MemoryBudget

    /// - Parameters:
    ///   - path: the folder to write to; made when missing. A copy keeps the photo's relative path and ends in `.jpg`.
    ///   - metric: of the similarities on the labels.
    ///   - memory: bounds what the photos in work take.
    public init(
        path: String, decoder: PhotoDecoder, maximumBytes: Int, metric: Metric, memory: MemoryBudget = MemoryBudget()
    ) {
        self.memory = memory
        self.path = path
        self.decoder = decoder
        self.maximumBytes = maximumBytes
        self.metric = metric
    }

    /// Draws every photo that could be read, `jobs` at a time.
    ///
    /// - Returns: the files that failed, and why.
    public func write(_ result: ScanResult, jobs: Int) -> [(file: PhotoFile, reason: String)] {
        let names = Dictionary(uniqueKeysWithValues: result.people.map { ($0.id, $0.displayName) })
        let likeness = PersonLikeness(result.photos.flatMap(\.faces), metric: metric)
        let copies = Self.copyNames(for: result.photos.map(\.file.name))
        let readable = result.photos.indices.filter { result.photos[$0].error == nil }
        guard !readable.isEmpty else { return [] }
        let next = Mutex(0)
        let failures = Mutex<[Int: String]>([:])
        WorkerThreads.run(count: min(jobs, readable.count), name: "annotate") {
            while let index = next.withLock({ next -> Int? in
                guard next < readable.count else { return nil }
                defer { next += 1 }
                return readable[next]
            }) {
                do {
                    try draw(result.photos[index], as: copies[index], names: names, likeness: likeness)
                } catch let error as any UserFacingError {
                    failures.withLock { $0[index] = error.message }
                } catch {
                    failures.withLock { $0[index] = "It could not be drawn." }
                }
            }
        }
        return failures.withLock { $0 }.sorted { $0.key < $1.key }.map { (result.photos[$0.key].file, $0.value) }
    }

    private func draw(
        _ photo: ScanResult.ScannedPhoto, as copy: String, names: [PersonID: String], likeness: PersonLikeness
    ) throws {
        let labels = photo.faces.map { face in
            FaceLabel(
                box: face.face.box, text: label(of: face, names: names, likeness: likeness),
                color: PhotoCanvas.color(forIndex: Int(face.person?.rawValue ?? 0)))
        }
        let size = min(try PhotoLocation(ofFileAt: photo.file.path).byteCount, maximumBytes)
        let jpeg = try memory.holding(fileOf: size) {
            let content = try PhotoBytes(contentsOf: photo.file.path, limit: maximumBytes)
            return try memory.taking(try decoder.probe(content.bytes), bytes: content.bytes) {
                var canvas = PhotoCanvas(try decoder.decode(content.bytes).photo)
                try canvas.draw(labels)
                return try canvas.jpeg(quality: 90)
            }
        }
        try CopyFile(path: path + "/" + copy).write(jpeg)
    }

    /// `Anna 0.62`: the name, and how similar the face is to the rest of the person's faces.
    private func label(of face: StoredFace, names: [PersonID: String], likeness: PersonLikeness) -> String {
        guard let person = face.person, let name = names[person] else { return "?" }
        guard let similarity = likeness.similarity(of: face) else { return name }
        return name + String(format: " %.2f", similarity)
    }

    /// A file name for each copy: the photo's relative path with `.jpg`, and a number where two would be the same.
    static func copyNames(for names: [String]) -> [String] {
        var taken: Set<String> = []
        return names.map { name in
            let stem = (name as NSString).deletingPathExtension
            var candidate = stem + ".jpg"
            var number = 2
            // Two photos may differ in nothing but the ending, or in upper and lower case.
            while !taken.insert(candidate.lowercased()).inserted {
                candidate = "\(stem)-\(number).jpg"
                number += 1
            }
            return candidate
        }
    }
}
