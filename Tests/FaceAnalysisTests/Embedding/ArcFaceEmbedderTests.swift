import FaceAnalysis
import FaceCore
import Foundation
import Testing

@Suite struct ArcFaceEmbedderTests {
    private func embedder(dimension: Int = 32) throws -> ArcFaceEmbedder {
        try ArcFaceEmbedder(
            session: InsightFacePeer.open("tiny_arcface"), model: ModelID("tiny/arcface"), dimension: dimension,
            input: InsightFacePeer.embedderInput)
    }

    @Test func `Embeddings are InsightFace's, of length 1, in the order of the faces`() throws {
        let cases = try InsightFacePeer.faces()
        let aligned = try cases.faces.map { try ArcFaceAligner().align($0.detected, in: cases.photo) }
        let embeddings = try embedder().embed(aligned)
        #expect(embeddings.count == cases.faces.count)
        for (embedding, face) in zip(embeddings, cases.faces) {
            #expect(embedding.model == ModelID("tiny/arcface"))
            #expect(embedding.vector.count == 32)
            let length = embedding.vector.reduce(0) { $0 + $1 * $1 }
            #expect(abs(length - 1) < 1e-5)
            #expect(Metric.cosine.distance(embedding.vector, face.embedding.map { Float($0) }) < 1e-4)
        }
        #expect(Metric.cosine.distance(embeddings[0].vector, embeddings[1].vector) > 1e-2)
        #expect(try embedder().embed([]).isEmpty)
    }

    @Test func `Eight threads that share an embedder get what one gets`() throws {
        let cases = try InsightFacePeer.faces()
        let aligned = try cases.faces.map { try ArcFaceAligner().align($0.detected, in: cases.photo) }
        let embedder = try embedder()
        let expected = try embedder.embed(aligned)
        let results = SharedResults<[Embedding]>()
        DispatchQueue.concurrentPerform(iterations: 16) { _ in results.add { try embedder.embed(aligned) } }
        #expect(results.values.count == 16)
        #expect(results.values.allSatisfy { (try? $0.get()) == expected })
    }

    @Test func `A crop of another size and a vector of another dimension are errors`() throws {
        let face = try #require(try InsightFacePeer.faces().faces.first).detected
        let small = AlignedFace(face: face, crop: InsightFacePeer.photo(width: 96, height: 112))
        #expect(throws: FaceAnalysisError.wrongCropSize(expected: 112, width: 96, height: 112)) {
            try embedder().embed([small])
        }
        let right = AlignedFace(face: face, crop: InsightFacePeer.photo(width: 112, height: 112))
        let error = #expect(throws: FaceAnalysisError.self) { try embedder(dimension: 512).embed([right]) }
        #expect(error?.message.contains("32 numbers a face instead of 512") == true)
    }

    @Test func `A manifest that names no square is refused`() throws {
        let session = try InsightFacePeer.open("tiny_arcface")
        #expect(throws: FaceAnalysisError.self) {
            try ArcFaceEmbedder(
                session: session, model: ModelID("tiny/arcface"), dimension: 32, input: InsightFacePeer.detectorInput)
        }
    }
}
