import FaceAnalysis
import FaceCore
import Testing

@Suite struct FaceAttributeTests {
    @Test func `Gender and age are InsightFace's`() throws {
        let cases = try InsightFacePeer.faces()
        let estimator = try GenderAgeEstimator(
            session: InsightFacePeer.open("tiny_genderage"), input: InsightFacePeer.genderAgeInput)
        for face in cases.faces {
            var attributes = FaceAttributes(denseLandmarks: [Point(1, 2)])
            try estimator.describe(face.detected, in: cases.photo, into: &attributes)
            #expect(attributes.gender == face.gender)
            #expect(attributes.age == face.age)
            #expect(attributes.denseLandmarks == [Point(1, 2)])
        }
        #expect(Set(cases.faces.map(\.gender)).count == 2)
    }

    @Test func `The 106 points are InsightFace's`() throws {
        try expectLandmarks(model: "tiny_2d106", kind: .planar106) { $0.planar106 }
    }

    @Test func `The 68 points are the last of 1103 and InsightFace's`() throws {
        try expectLandmarks(model: "tiny_1k3d68", kind: .spatial68) { $0.spatial68 }
    }

    private func expectLandmarks(
        model: String, kind: DenseLandmarkEstimator.Kind, _ expected: (FaceCases.Face) -> [[Double]]
    ) throws {
        let cases = try InsightFacePeer.faces()
        let estimator = try DenseLandmarkEstimator(
            session: InsightFacePeer.open(model), kind: kind, input: InsightFacePeer.landmarkInput)
        for face in cases.faces {
            var attributes = FaceAttributes(age: 7)
            try estimator.describe(face.detected, in: cases.photo, into: &attributes)
            let points = try #require(attributes.denseLandmarks)
            #expect(points.count == expected(face).count)
            #expect(attributes.age == 7)
            for (point, peer) in zip(points, expected(face)) {
                #expect(abs(point.x - peer[0]) < 0.5 && abs(point.y - peer[1]) < 0.5)
            }
        }
    }

    @Test func `A box without extent is an error`() throws {
        var face = try #require(try InsightFacePeer.faces().faces.first).detected
        face.box.width = 0
        face.box.height = 0
        let estimator = try GenderAgeEstimator(
            session: InsightFacePeer.open("tiny_genderage"), input: InsightFacePeer.genderAgeInput)
        var attributes = FaceAttributes()
        #expect(throws: FaceAnalysisError.degenerateBox) {
            try estimator.describe(face, in: InsightFacePeer.photo(width: 9, height: 9), into: &attributes)
        }
    }

    @Test func `A model of another kind is refused with what it gave`() throws {
        let cases = try InsightFacePeer.faces()
        let face = try #require(cases.faces.first).detected
        let estimator = try DenseLandmarkEstimator(
            session: InsightFacePeer.open("tiny_1k3d68"), kind: .planar106, input: InsightFacePeer.landmarkInput)
        var attributes = FaceAttributes()
        let error = #expect(throws: FaceAnalysisError.self) {
            try estimator.describe(face, in: cases.photo, into: &attributes)
        }
        #expect(error?.message.contains("3309 numbers instead of 212") == true)
        #expect(throws: FaceAnalysisError.self) {
            try GenderAgeEstimator(
                session: InsightFacePeer.open("tiny_genderage"), input: InsightFacePeer.detectorInput)
        }
    }
}
