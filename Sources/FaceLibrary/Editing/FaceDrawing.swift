import FaceAnalysis
public import FaceCore
public import FaceStore
import Foundation
import Imaging

/// Adds faces that the detector missed: a user draws a box, the models say the rest.
public struct FaceDrawing: Sendable {
    private let library: Library
    private let models: AnalysisModels

    public init(library: Library, models: AnalysisModels) {
        self.library = library
        self.models = models
    }

    /// How much of two boxes has to overlap for them to be the same face.
    private static let sameFace = 0.5

    /// Analyses what is in a box and adds it to the library. Blocks for as long as a photo takes to be decoded and a face
    /// to be embedded; the models are loaded when they were not yet.
    ///
    /// - Parameters:
    ///   - box: in pixels of the upright photo; at least a pixel of it has to lie on the photo.
    ///   - person: whose face it is; nil leaves that to the next grouping.
    /// - Throws: `LibraryError.unknownPhoto`, `.unknownPerson`, `.boxOutsidePhoto`, `.faceExists` when a known face is
    ///   there, `.pictureNotDrawn` when the photo cannot be read or gives no embedding there, `.noModels`, `.store`.
    public func add(
        _ box: BoundingBox, on photo: PhotoID, person: PersonID?
    ) throws(LibraryError) -> EditResult {
        guard let details = try library.photo(photo), let metadata = details.photo.metadata else {
            throw .unknownPhoto(photo.description)
        }
        let inside = box.clipped(width: metadata.width, height: metadata.height)
        guard inside.width >= 1, inside.height >= 1 else { throw .boxOutsidePhoto }
        if let known = details.faces.first(where: { $0.box.intersectionOverUnion(box) >= Self.sameFace }) {
            throw .faceExists(known.id.description)
        }
        if let person, try library.person(person) == nil { throw .unknownPerson(person.description) }
        let analyzed = try analyze(box, on: details.photo)
        return try library.edit(
            .addFace(
                HandDrawnFace(
                    photo: photo, face: analyzed.face, embedding: analyzed.embedding, quality: analyzed.quality,
                    person: person)))
    }

    private func analyze(_ box: BoundingBox, on photo: StoredPhoto) throws(LibraryError) -> AnalyzedFace {
        let analyzer: FaceAnalyzer
        do {
            analyzer = try models.analyzer().analyzer
        } catch {
            throw .noModels(reason: (error as? any UserFacingError)?.message ?? "The models cannot be loaded.")
        }
        let source = try library.pictures.source(of: photo)
        do {
            return try library.memory.holding(fileOf: photo.byteCount) {
                let content = try PhotoBytes(contentsOf: source.path, limit: .max)
                let header = try library.decoder.probe(content.bytes)
                return try library.memory.taking(header, bytes: content.bytes) {
                    try analyzer.analyze(box: box, in: library.decoder.decode(content.bytes).photo)
                }
            }
        } catch {
            throw .pictureNotDrawn(reason: (error as? any UserFacingError)?.message ?? "It cannot be read.")
        }
    }
}
