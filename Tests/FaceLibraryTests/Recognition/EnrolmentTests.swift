import FaceAnalysis
import FaceClustering
import FaceCore
import FaceStore
import Foundation
import Testing

@testable import FaceLibrary

@Suite(.timeLimit(.minutes(1))) struct EnrolmentTests {
    private static func photo(
        _ name: String, _ colours: (UInt8, UInt8, UInt8)..., seed: UInt8 = 0
    ) -> EnrolmentPhoto {
        EnrolmentPhoto(name: name, bytes: Array(PaintedFaces.ppm(colours, seed: seed)))
    }

    private struct Desk {
        let test: TestLibrary
        let recognition: Recognition
        let staff: PersonCollection

        init(threshold: PersonCollection.Threshold = .pack) throws {
            test = try TestLibrary()
            recognition = Recognition(library: test.library, models: test.models)
            staff = try test.library.createCollection(name: "Staff", threshold: threshold)
        }

        func reasons(_ enrolment: Enrolment) -> [String] {
            enrolment.photos.map { photo in
                switch photo.outcome {
                case .success: "\(photo.name): taken"
                case .failure(let refusal): "\(photo.name): \(refusal.code)"
                }
            }
        }
    }

    @Test func `Somebody new is enrolled by her good photos, and each bad one has its reason`() throws {
        let desk = try Desk()
        defer { desk.test.remove() }
        let enrolment = try desk.recognition.enrol(
            [
                Self.photo("a", TestLibrary.red), Self.photo("none"),
                Self.photo("two", TestLibrary.red, TestLibrary.blue),
                Self.photo("other", TestLibrary.green), Self.photo("b", TestLibrary.red, seed: 1),
                EnrolmentPhoto(name: "text", bytes: Array("no photo".utf8)),
            ], as: .named(" Anna "), in: desk.staff.id)
        #expect(
            desk.reasons(enrolment) == [
                "a: taken", "none: no_face", "two: several_faces", "other: face_unlike", "b: taken",
                "text: image_invalid",
            ])
        let anna = try #require(enrolment.person)
        #expect(anna.name == "Anna" && anna.faceCount == 2)
        let faces = try desk.test.store.faces.faces(of: anna.id)
        #expect(faces.map(\.id) == enrolment.faces.map(\.id) && faces.allSatisfy(\.isPlacedByUser))
        #expect(try desk.test.store.collections.members(of: desk.staff.id) == [anna.id])
        // The photos are kept as uploads are, and their task has ended.
        #expect(desk.test.uploads.count == 2)
        #expect(try desk.test.library.tasks().elements.map(\.state) == [.completed])
        #expect(try desk.test.library.queueLength() == 0)
    }

    @Test func `Whoever is there already is recognised by her new photos too, but not by a stranger's`() throws {
        let desk = try Desk()
        defer { desk.test.remove() }
        let first = try desk.recognition.enrol(
            [Self.photo("a", TestLibrary.red)], as: .named("Anna"), in: desk.staff.id)
        let again = try desk.recognition.enrol(
            [Self.photo("b", TestLibrary.red, seed: 1), Self.photo("c", TestLibrary.blue)], as: .named("Anna"),
            in: desk.staff.id)
        #expect(again.person?.id == first.person?.id && again.person?.faceCount == 2)
        #expect(desk.reasons(again) == ["b: taken", "c: face_unlike"])
        // The same photo once more adds nothing.
        let known = try desk.recognition.enrol(
            [Self.photo("a", TestLibrary.red)], as: .person(try #require(first.person?.id)), in: desk.staff.id)
        #expect(known.person?.faceCount == 2 && known.faces.map(\.id) == first.faces.map(\.id))
        #expect(throws: LibraryError.unknownPerson("99")) {
            _ = try desk.recognition.enrol([Self.photo("a", TestLibrary.red)], as: .person(PersonID(99)))
        }
        // The same name outside of the collection is another one's.
        let guests = try desk.test.library.createCollection(name: "Guests")
        let other = try desk.recognition.enrol(
            [Self.photo("g", TestLibrary.green)], as: .named("Anna"), in: guests.id)
        #expect(other.person?.id != first.person?.id)
    }

    @Test func `Whoever else is on an enrolled photo is known to the library, as on any`() throws {
        let pack = AnalysisPack(
            name: "p", licence: "", isVerified: true, model: PaintedFaces.model,
            detection: DetectionOptions(minimumScore: 0.5, minimumSize: 30),
            grouping: GroupingOptions(algorithm: .average, eps: 0.1, metric: .euclidean, strength: .insightFace))
        func face(_ x: Double, side: Double = 60, score: Double) -> AnalyzedFace {
            AnalyzedFace(
                face: DetectedFace(
                    box: BoundingBox(x: x, y: 0, width: side, height: side),
                    landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(Double($0), 0) }),
                    detectionScore: score),
                embedding: Embedding(model: PaintedFaces.model, vector: [1, 0, 0]))
        }
        let check = EnrolmentCheck(pack: pack)
        let faces = [
            face(0, score: 0.97), face(100, score: 0.8), face(200, side: 20, score: 0.9), face(300, score: 0.4),
        ]
        let one = try check.face(of: faces, .anySingleFace(minimumScore: 0.95))
        #expect(one.face.box.x == 0)
        #expect(check.others(of: faces, than: one).map(\.face.box.x) == [100])
        #expect(throws: EnrolmentRefusal.severalFaces(3)) {
            try check.face(of: faces, .anySingleFace(minimumScore: nil))
        }
    }

    @Test func `Photos of one name that come at the same time make one person`() async throws {
        let desk = try Desk()
        defer { desk.test.remove() }
        let (recognition, staff) = (desk.recognition, desk.staff.id)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in 0..<6 as Range<UInt8> {
                group.addTask {
                    let photo = Self.photo("p", TestLibrary.red, seed: seed)
                    let enrolment = try recognition.enrol(
                        [photo], as: .named("Anna"), in: staff, rules: .anySingleFace(minimumScore: nil))
                    #expect(enrolment.person?.name == "Anna")
                }
            }
            try await group.waitForAll()
        }
        #expect(try desk.test.library.persons(PersonFilter(isNamed: true)).elements.map(\.person.faceCount) == [6])
    }

    @Test func `When no photo is fit nobody is made`() throws {
        let desk = try Desk()
        defer { desk.test.remove() }
        let enrolment = try desk.recognition.enrol([Self.photo("none")], as: .named("Nobody"), in: desk.staff.id)
        #expect(enrolment.person == nil && enrolment.faces.isEmpty)
        #expect(try desk.test.library.persons().elements.isEmpty && desk.test.uploads.isEmpty)
        #expect(throws: LibraryError.store(.nameIsEmpty)) {
            _ = try desk.recognition.enrol([Self.photo("a", TestLibrary.red)], as: .named(" "))
        }
        #expect(throws: LibraryError.store(.unknownCollection(CollectionID(9)))) {
            _ = try desk.recognition.enrol(
                [Self.photo("a", TestLibrary.red)], as: .named("A"), in: CollectionID(9))
        }
        #expect(desk.test.uploads.isEmpty)
    }

    @Test func `A collection is searched alone, by its own threshold`() throws {
        let desk = try Desk(threshold: .similarity(0.99))
        defer { desk.test.remove() }
        let (library, recognition) = (desk.test.library, desk.recognition)
        let red = try #require(
            try recognition.enrol([Self.photo("r", TestLibrary.red)], as: .named("Red"), in: desk.staff.id).person)
        let blue = try #require(
            try recognition.enrol([Self.photo("b", TestLibrary.blue)], as: .named("Blue")).person)
        let probe = try recognition.faces(on: Self.photo("p", TestLibrary.blue, (235, 10, 10)).bytes).faces
        let scope = try recognition.scope(of: desk.staff.id)
        let found = try recognition.identify(probe, limit: 5, in: scope)
        #expect(found.allSatisfy { $0.candidates.map(\.person) == [red.id] && $0.person == nil })
        #expect(abs(try #require(found[0].candidates.first).comparison.threshold - 0.01) < 1e-9)
        let lax = try library.changeCollection(desk.staff.id, threshold: .similarity(0.9))
        #expect(lax.threshold == .similarity(0.9))
        let again = try recognition.identify(probe, limit: 5, in: try recognition.scope(of: desk.staff.id))
        #expect(Set(again.map(\.person)) == [red.id, nil])
        #expect(try recognition.verify(probe[0].embedding, red.id, in: scope).threshold < 0.011)
        #expect(throws: LibraryError.unknownPerson(blue.id.description)) {
            try recognition.verify(probe[0].embedding, blue.id, in: scope)
        }
        // Who comes and goes is known at once.
        try library.addMembers([blue.id], to: desk.staff.id)
        let both = try recognition.identify(probe, limit: 5, in: try recognition.scope(of: desk.staff.id))
        #expect(both.allSatisfy { Set($0.candidates.map(\.person)) == [red.id, blue.id] })
    }

    @Test func `A collection is searched as if the others were not there, however many are nearer`() throws {
        let desk = try Desk()
        defer { desk.test.remove() }
        var people: [PersonID] = []
        for number in 0..<60 as Range<UInt8> {
            let photo = Self.photo("\(number)", (10 + 4 * number, 10, 250))
            let enrolment = try desk.recognition.enrol([photo], as: .named("\(number)"))
            people.append(try #require(enrolment.person?.id))
        }
        let probe = try desk.recognition.faces(on: Self.photo("p", (10, 10, 250), seed: 1).bytes).faces
        // From one, who is found one by one, to all; the nearest forty are left out of the middle ones.
        for first in [59, 57, 40, 20, 0] {
            let collection = try desk.test.library.createCollection(name: "from \(first)")
            try desk.test.library.addMembers(Array(people[first...]), to: collection.id)
            let scope = try desk.recognition.scope(of: collection.id)
            let found = try desk.recognition.identify(probe, limit: 2, in: scope)[0].candidates.map(\.person)
            #expect(found == Array(people[first...].prefix(2)))
        }
    }

    @Test func `Whoever holds a collection that is deleted goes on, and the next one is told`() throws {
        let desk = try Desk()
        defer { desk.test.remove() }
        let red = try #require(
            try desk.recognition.enrol([Self.photo("r", TestLibrary.red)], as: .named("Red"), in: desk.staff.id).person)
        let scope = try desk.recognition.scope(of: desk.staff.id)
        let probe = try desk.recognition.faces(on: Self.photo("p", TestLibrary.red, seed: 9).bytes).faces
        try desk.test.library.deleteCollection(desk.staff.id)
        #expect(try desk.recognition.identify(probe, limit: 1, in: scope).map(\.person) == [red.id])
        #expect(throws: LibraryError.store(.unknownCollection(desk.staff.id))) {
            _ = try desk.recognition.scope(of: desk.staff.id)
        }
        #expect(try desk.test.store.persons.person(red.id) != nil)
    }

    @Test func `A wanted false accept rate needs a calibration, and is kept by it`() throws {
        let desk = try Desk(threshold: .falseAcceptRate(0.01))
        defer { desk.test.remove() }
        #expect(throws: LibraryError.notCalibrated(rate: 0.01)) {
            _ = try desk.recognition.threshold(of: desk.staff)
        }
        let distances = (1...1000).map { Double($0) / 1000 }
        let calibration = try #require(
            PersonCalibration(model: PaintedFaces.model, metric: .euclidean, impostors: distances))
        for rate in [0.001, 0.01, 0.25, 1] {
            let distance = try #require(calibration.distance(falseAcceptRate: rate))
            let share = Double(distances.count { $0 <= distance }) / 1000
            #expect(share <= rate && share >= rate * 0.9)
        }
        #expect(calibration.distance(falseAcceptRate: 0.0001) == nil)
        let folder = desk.test.library.folders.data
        try calibration.write(packFolder: folder)
        #expect(PersonCalibration(packFolder: folder, model: PaintedFaces.model) == calibration)
        #expect(PersonCalibration(packFolder: folder, model: ModelID("other/model")) == nil)
    }

    @Test func `A face that is too small, too blurred or one of several is told apart from none`() throws {
        func face(_ side: Double, sharpness: Double = 100) -> AnalyzedFace {
            AnalyzedFace(
                face: DetectedFace(
                    box: BoundingBox(x: 0, y: 0, width: side, height: side + 5),
                    landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(Double($0), 0) }),
                    detectionScore: 0.9),
                embedding: Embedding(model: PaintedFaces.model, vector: [1, 0, 0]),
                quality: FaceQuality(sharpness: sharpness, visibleShare: 1))
        }
        let check = EnrolmentCheck(
            pack: AnalysisPack(
                name: "p", licence: "", isVerified: true, model: PaintedFaces.model,
                detection: DetectionOptions(minimumSize: 30),
                grouping: GroupingOptions(algorithm: .average, eps: 0.1, metric: .euclidean, strength: .insightFace)))
        #expect(throws: EnrolmentRefusal.noFace) { try check.face(of: []) }
        #expect(throws: EnrolmentRefusal.tooSmall(side: 20, least: 30)) { try check.face(of: [face(12), face(20)]) }
        #expect(throws: EnrolmentRefusal.tooBlurred) { try check.face(of: [face(60, sharpness: 1)]) }
        #expect(throws: EnrolmentRefusal.severalFaces(2)) { try check.face(of: [face(60), face(31)]) }
        // Somebody small in the background does not count.
        #expect(try check.face(of: [face(14), face(60)]).face.box.width == 60)
    }
}
