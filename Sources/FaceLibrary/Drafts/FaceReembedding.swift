import FaceAnalysis
import FaceCore
import FaceStore
import Foundation

/// Gives every face of a library an embedding of another model, from the photos' originals. The library goes on with its
/// own model meanwhile.
///
/// A pack finds faces anew, and its landmarks are its own: what it finds is laid over the known faces by their boxes.
/// Faces that it does not find again get no embedding and are left out of the draft; faces that only it finds are not
/// added, as a draft changes who is who and not what is on a photo.
struct FaceReembedding {
    let library: Library
    let pack: AnalysisPack
    let load: () throws -> FaceAnalyzer

    /// How much of both boxes must be common to both for them to be one face.
    static let overlap = 0.35
    private static let pageSize = 200

    /// - Parameters:
    ///   - progress: is told of faces that are through, and of how many there are.
    ///   - shouldStop: is asked after each photo.
    /// - Returns: how many faces were not found again; nil when it was stopped.
    /// - Throws: `FaceStoreError`, and what loading throws. A photo that cannot be read only loses its faces.
    func run(progress: (Draft.Progress) -> Void, shouldStop: () -> Bool) throws -> Int? {
        let faces = library.store.faces
        var page = try faces.faces(without: pack.model, after: nil, limit: Self.pageSize)
        guard !page.isEmpty else { return 0 }
        let total = try library.store.counts().faces
        let analysis = PhotoAnalysis(
            decoder: library.decoder, analyzer: try load(), memory: library.memory)
        var missed = 0
        var done = 0
        while let last = page.last {
            for (photo, faces) in Dictionary(grouping: page, by: \.photo).sorted(by: { $0.key < $1.key }) {
                if shouldStop() { return nil }
                missed += faces.count - (try embed(faces, on: photo, by: analysis))
                done += faces.count
                progress(.init(done: min(done, total), total: total))
            }
            page = try faces.faces(without: pack.model, after: last.id, limit: Self.pageSize)
        }
        return missed
    }

    /// - Returns: how many of the faces were found again.
    private func embed(_ faces: [StoredFace], on photo: PhotoID, by analysis: PhotoAnalysis) throws -> Int {
        guard let stored = try library.store.photos.photo(photo) else { return 0 }
        let found: [AnalyzedFace]
        do {
            let file = try library.pictures.source(of: stored)
            let content = try PhotoBytes(contentsOf: file.path, limit: .max)
            guard content.contentHash == stored.contentHash else { return 0 }
            var detection = pack.detection
            detection.maximumFaces = nil
            found = try analysis.run(content, options: detection).faces
        } catch let error as FaceStoreError {
            throw error
        } catch {
            return 0
        }
        let matches = Self.matches(of: faces.map(\.face.box), with: found.map(\.face.box))
        try library.store.faces.addEmbeddings(
            model: pack.model, matches.map { (face: faces[$0.known].id, embedding: found[$0.found].embedding) })
        return matches.count
    }

    /// Pairs of boxes that are one face, the largest overlap first; each box is in one pair at most.
    static func matches(
        of known: [BoundingBox], with found: [BoundingBox]
    ) -> [(known: Int, found: Int)] {
        var pairs: [(overlap: Double, known: Int, found: Int)] = []
        for (index, box) in known.enumerated() {
            for (other, candidate) in found.enumerated() {
                let overlap = box.intersectionOverUnion(candidate)
                if overlap >= Self.overlap { pairs.append((overlap, index, other)) }
            }
        }
        pairs.sort { ($1.overlap, $0.known, $0.found) < ($0.overlap, $1.known, $1.found) }
        var takenKnown: Set<Int> = []
        var takenFound: Set<Int> = []
        return pairs.compactMap { pair in
            guard !takenKnown.contains(pair.known), !takenFound.contains(pair.found) else { return nil }
            takenKnown.insert(pair.known)
            takenFound.insert(pair.found)
            return (pair.known, pair.found)
        }
    }
}
