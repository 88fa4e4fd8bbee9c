import FaceCore
import Testing

@testable import FaceLibrary

struct DetectionScoreTests {
    private static let model = ModelID("test/model")

    private func box(_ x: Double, _ y: Double = 0, size: Double = 10) -> BoundingBox {
        BoundingBox(x: x, y: y, width: size, height: size)
    }

    private func photo(
        _ name: String, _ label: LabelledPhoto.Label, found: [BoundingBox], isCounted: Bool = false,
        isDuplicate: Bool = false, content: String? = nil
    ) -> AnalyzedSet.AnalyzedPhoto {
        AnalyzedSet.AnalyzedPhoto(
            label: LabelledPhoto(
                name: name, path: "/" + name, label: label, isFullyCounted: isCounted, isDuplicate: isDuplicate),
            contentHash: ContentHash(rawValue: content ?? name), byteCount: 1,
            metadata: PhotoMetadata(format: .jpeg, width: 100, height: 100),
            faces: found.map { box in
                AnalyzedFace(
                    face: DetectedFace(
                        box: box,
                        landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(Double($0), 0) }),
                        detectionScore: 1),
                    embedding: Embedding(model: Self.model, vector: [1, 0]))
            })
    }

    private func labelled(_ boxes: BoundingBox..., as identities: [String?]) -> LabelledPhoto.Label {
        .faces(zip(boxes, identities).map { LabelledFace(box: $0, identity: $1) })
    }

    @Test func `A found face is of a label that it overlaps, or in which its middle lies`() {
        // Of two equal squares that are 5.38 apart, 0.3 of the union is shared; a bit further, less.
        #expect(FaceMatching(labels: [box(0)], found: [box(5.3)]).faceOfLabel == [0])
        #expect(FaceMatching(labels: [box(0)], found: [box(5.5)]).faceOfLabel == [nil])
        #expect(FaceMatching(labels: [box(0, size: 100)], found: [box(40, 40)]).faceOfLabel == [0])
        #expect(FaceMatching(labels: [box(40, 40)], found: [box(0, size: 100)]).faceOfLabel == [0])
        #expect(FaceMatching(labels: [box(0, size: 100)], found: [box(96, 96)]).faceOfLabel == [nil])
    }

    @Test func `Of several the pair that overlaps most is taken first, and each face once`() {
        let matching = FaceMatching(labels: [box(0), box(3)], found: [box(2.5), box(30), box(3)])
        #expect(matching.faceOfLabel == [0, 2])
        #expect(matching.extraCount == 1)
        let crowded = FaceMatching(labels: [box(0), box(1)], found: [box(0)])
        #expect(crowded.faceOfLabel == [0, nil] && crowded.extraCount == 0)
    }

    @Test func `Faces are counted, named and missed as the labels say`() {
        let set = AnalyzedSet(
            model: Self.model,
            photos: [
                photo(
                    "a", labelled(box(0), box(50), as: ["Anna", nil]), found: [box(50), box(1), box(80)],
                    isCounted: true),
                photo("b", labelled(box(0), box(50), as: ["Anna", "Boris"]), found: [box(51)]),
                photo("c", .largestFace(of: "Boris"), found: [box(0), box(20, size: 30), box(60)], isCounted: true),
                photo("d", .largestFace(of: "Boris"), found: []),
                photo("e", .unknown, found: [box(0)], isCounted: true),
                photo("f", .unknown, found: [box(0), box(20)]),
                photo("g", labelled(box(0), as: ["Anna"]), found: [box(0)], isCounted: true, isDuplicate: true),
                photo("h", .largestFace(of: "Anna"), found: [box(0)]),
            ])
        let score = DetectionScore(set)
        #expect(score.labelled == 7 && score.found == 5)
        #expect(score.recall == 5.0 / 7)
        #expect(score.countedPhotos == 3 && score.extra == 1 + 2 + 1)
        #expect(score.missedOn == ["b", "d"])
        #expect(score.hasBoxes)
        #expect(
            score.named == [
                .init(index: 1, identity: "Anna"), .init(index: 3, identity: "Boris"),
                .init(index: 5, identity: "Boris"),
                .init(index: 11, identity: "Anna"),
            ])
    }

    @Test func `A copy under another name counts once`() {
        let set = AnalyzedSet(
            model: Self.model,
            photos: [
                photo("a", .largestFace(of: "Anna"), found: [box(0)], content: "1"),
                photo("b", .largestFace(of: "Anna"), found: [box(0)], content: "1"),
                photo("c", .largestFace(of: "Boris"), found: [box(0)], content: "1"),
            ])
        #expect(set.photos.map(\.label.name) == ["a"])
        #expect(
            set.leftOut.map { "\($0.name): \($0.reason)" } == [
                "b: It is a copy of “a”.", "c: It is a copy of “a”, which the labels call somebody else.",
            ])
        #expect(DetectionScore(set).labelled == 1)
    }
}
