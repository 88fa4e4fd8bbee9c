import FaceCore
import Foundation
import Inference
import Testing

@testable import FaceAnalysis

/// The three files of the pack as they are published, where `LIK_TEST_DLIB_MODELS` names their folder.
private enum DlibPack {
    static var folder: String? { ProcessInfo.processInfo.environment["LIK_TEST_DLIB_MODELS"] }

    static func file(_ name: String) throws -> [UInt8] {
        let folder = try #require(folder)
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name)))
    }

    static func detectorFile() throws -> [UInt8] { try file("mmod_human_face_detector.dat") }
    static func embedderFile() throws -> [UInt8] { try file("dlib_face_recognition_resnet_model_v1.dat") }
    static func shapeFile() throws -> [UInt8] { try file("shape_predictor_5_face_landmarks.dat") }
}

/// Reference values of dlib 20.0.1 on made-up photos.
@Suite(.enabled(if: DlibPack.folder != nil, "LIK_TEST_DLIB_MODELS names no folder"))
struct DlibInstalledPackTests {
    private func float(_ bytes: [UInt8], at offset: Int) -> Float {
        bytes.withUnsafeBytes { Float(bitPattern: $0.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
    }

    @Test func `Numbers are read from where they lie in the files`() throws {
        let detectorFile = try DlibPack.detectorFile()
        let detector = try DlibNetworkReader.detector(detectorFile)
        #expect(detector.convolutions.count == 7)
        #expect(detector.convolutions.reduce(0) { $0 + $1.filters.count + $1.biases.count } == 180_711)
        // Nothing is folded into the last convolution.
        #expect(detector.convolutions[6].filters[0] == float(detectorFile, at: 715_273))

        let embedderFile = try DlibPack.embedderFile()
        let embedder = try DlibNetworkReader.embedder(embedderFile)
        #expect(embedder.convolutions.count == 29)
        let values = embedder.convolutions.reduce(embedder.dense.count) { $0 + $1.filters.count + $1.biases.count }
        #expect(values == 5_607_488)
        #expect(embedder.dense[0] == float(embedderFile, at: 22_334_922))
        #expect(abs(embedder.dense.reduce(0.0) { $0 + Double($1) } + 0.109791151) < 1e-6)
        let gain = float(embedderFile, at: 19_400)
        #expect(embedder.convolutions[0].filters[0] == float(embedderFile, at: 352) * gain)
    }

    @Test func `Landmarks are dlib's`() throws {
        let predictor = try DlibShapePredictor(try DlibPack.shapeFile())
        let photo = SyntheticDlibFiles.photo(height: 240, width: 320)
        let expected: [(BoundingBox, [Point])] = [
            (
                BoundingBox(x: 60, y: 40, width: 160, height: 160),
                [Point(170, 57), Point(144, 75), Point(77, 122), Point(104, 103), Point(153, 132)]
            ),
            (
                BoundingBox(x: 200, y: 150, width: 140, height: 140),
                [Point(294, 160), Point(279, 169), Point(237, 194), Point(255, 183), Point(286, 204)]
            ),
            (
                BoundingBox(x: -20, y: -20, width: 121, height: 121),
                [Point(84, 23), Point(66, 28), Point(21, 38), Point(38, 35), Point(56, 69)]
            ),
        ]
        for (box, points) in expected {
            #expect(predictor.landmarks(in: photo, box: box).points == points)
        }
    }

    @Test func `The detector's scores are those of the network`() throws {
        let session = try openSession(try DlibPackConverter.detectorModel(from: try DlibPack.detectorFile()))
        func scores(_ planes: DlibPlanes) throws -> Tensor {
            let input = Tensor(shape: [1, 3, planes.height, planes.width], values: planes.values)
            return try #require(try session.run(["image": input], outputs: ["score"]).first)
        }
        var plain = DlibPlanes(width: 100, height: 100)
        plain.draw(SyntheticDlibFiles.photo(height: 100, width: 100), left: 0, top: 0)
        let map = try scores(plain)
        #expect(map.shape == [1, 1, 9, 9])
        let first: [Float] = [
            -1.3706137, -1.440627, -1.3885856, -1.4405632, -1.5462229, -1.5002152, -1.422187, -1.3951207, -1.334787,
        ]
        #expect(zip(map.values, first).allSatisfy { abs($0 - $1) < 1e-4 })
        #expect(abs(map.values[80] + 1.3831145) < 1e-4)

        let tiled = try scores(DlibCanvas(pyramidOf: SyntheticDlibFiles.photo(height: 120, width: 160)).planes)
        #expect(tiled.shape == [1, 1, 58, 20])
        #expect(
            zip(tiled.values, [-1.4012567, -1.599615, -1.5966883, -1.5838596] as [Float])
                .allSatisfy { abs($0 - $1) < 1e-4 })
        #expect(abs((tiled.values.max() ?? 0) + 1.141977) < 1e-4)
        #expect(abs(tiled.values.reduce(0.0) { $0 + Double($1) } + 2441.81543) < 1e-2)
    }

    @Test func `The embedder's descriptor is dlib's`() throws {
        let session = try openSession(try DlibPackConverter.embedderModel(from: try DlibPack.embedderFile()))
        let face = DetectedFace(
            box: BoundingBox(x: 0, y: 0, width: 150, height: 150),
            landmarks: Landmarks(layout: .eyeCornersNose, points: [Point](repeating: Point(0, 0), count: 5)),
            detectionScore: 1)
        let chip = SyntheticDlibFiles.photo(height: 150, width: 150)
        #expect(crc32(chip.pixels) == 0xd960_8e8d)
        let embedder = DlibFaceEmbedder(model: ModelID("dlib/embedder"), session: session)
        let vector = try #require(try embedder.embed([AlignedFace(face: face, crop: chip)]).first).vector
        let expected: [Float] = [
            -0.07988153, 0.16051696, 0.08400027, -0.06221403, -0.1046027, -0.02868216, -0.08535399, -0.01388707,
        ]
        #expect(zip(vector, expected).allSatisfy { abs($0 - $1) < 1e-5 })
        let norm = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        #expect(abs(norm - 1.32600627) < 1e-5)
    }
}
