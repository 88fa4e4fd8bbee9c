import FaceCore
import FaceLibrary
import FaceStore
import Testing

@Suite struct PersonLikenessTests {
    private func face(_ id: Int64, _ vector: [Float], person: Int64?) -> StoredFace {
        let box = BoundingBox(x: 0, y: 0, width: 10, height: 10)
        let points = (0..<5).map { Point(Double($0), 0) }
        return StoredFace(
            id: FaceID(id), photo: PhotoID(id),
            face: DetectedFace(
                box: box, landmarks: Landmarks(layout: .eyesNoseMouth, points: points), detectionScore: 1),
            embedding: Embedding(model: ModelID("test/vectors"), vector: vector), attributes: nil,
            person: person.map { PersonID($0) }, isPlacedByUser: false)
    }

    @Test func `A face's similarity is one minus its mean distance to the person's other faces`() throws {
        let faces = [face(1, [1, 0], person: 1), face(2, [0, 1], person: 1), face(3, [1, 0], person: 1)]
        let likeness = PersonLikeness(faces, metric: .cosine)
        #expect(abs(try #require(likeness.similarity(of: faces[0])) - 0.5) < 1e-6)
        #expect(abs(try #require(likeness.similarity(of: faces[1])) - 0) < 1e-6)
    }

    @Test func `A face without a person or without company has no similarity`() {
        let lone = face(1, [1, 0], person: 1)
        let nobody = face(2, [1, 0], person: nil)
        let likeness = PersonLikeness([lone, nobody], metric: .euclidean)
        #expect(likeness.similarity(of: lone) == nil && likeness.similarity(of: nobody) == nil)
    }
}
