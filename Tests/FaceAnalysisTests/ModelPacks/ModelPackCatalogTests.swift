import FaceCore
import Foundation
import Testing

@testable import FaceAnalysis

@Suite struct ModelPackCatalogTests {
    private let catalog = ModelPackCatalog.published

    @Test func `The published packs are known in order of preference`() {
        #expect(catalog.names == ["buffalo_l", "buffalo_m", "buffalo_s", "buffalo_sc", "antelopev2", "dlib"])
    }

    @Test func `Archives lie at the release's address`() {
        guard case .archive(let url, let sha256) = catalog.entry(named: "antelopev2")?.origin else {
            Issue.record("antelopev2 is an archive")
            return
        }
        #expect(
            url.absoluteString
                == "https://github.com/deepinsight/insightface/releases/download/v0.7/antelopev2.zip")
        #expect(sha256?.hasPrefix("8e182f14") == true)
    }

    @Test func `Every pack has one detector, one embedder and well-formed hashes`() {
        for entry in catalog.entries {
            let roles = entry.files.map(\.role)
            #expect(Set(roles).count == roles.count)
            #expect(roles.contains(.detector) && roles.contains(.embedder))
            var hashes = entry.files.compactMap(\.sha256)
            if case .archive(_, let hash?) = entry.origin { hashes.append(hash) }
            if case .pythonPackage(_, _, let hash) = entry.origin { hashes.append(hash) }
            #expect(hashes.allSatisfy { $0.count == 64 && $0.allSatisfy { "0123456789abcdef".contains($0) } })
        }
    }

    @Test func `Conventions follow the family`() {
        let detector = catalog.publishedFile(named: "scrfd_10g_bnkps.onnx", family: .insightFace)
        #expect(detector?.role == .detector)
        #expect(detector?.input == .init(width: nil, height: nil, mean: [127.5, 127.5, 127.5], scale: 128))
        let embedder = catalog.publishedFile(named: "glintr100.onnx", family: .insightFace)
        #expect(embedder?.input == .init(width: 112, height: 112, mean: [127.5, 127.5, 127.5], scale: 127.5))
        let attributes = catalog.publishedFile(named: "genderage.onnx", family: .insightFace)
        #expect(attributes?.input == .init(width: 96, height: 96, mean: [0, 0, 0], scale: 1))
        let dlib = catalog.entry(named: "dlib")
        #expect(dlib?.thresholds == .init(samePair: 0.6, dbscanEps: 0.5, averageLinkage: 0.37))
        #expect(dlib?.embeddingDimension == 128 && dlib?.metric == .euclidean)
        #expect(catalog.entry(named: "buffalo_s")?.thresholds.averageLinkage == 0.6)
    }

    @Test func `The file of 68 landmarks is no part of the dlib pack`() {
        #expect(!catalog.fileNames(of: .dlib).contains("shape_predictor_68_face_landmarks.dat"))
    }

    @Test func `A user's word is a name before it is a path`() throws {
        #expect(try ModelPackSource(argument: "auto") == .automatic)
        #expect(try ModelPackSource(argument: "buffalo_sc") == .named("buffalo_sc"))
        #expect(throws: ModelPackError.unknownPack(name: "buffalo_x", known: catalog.names)) {
            try ModelPackSource(argument: "buffalo_x")
        }
        #expect(throws: ModelPackError.sourceNotFound("./nowhere/pack.zip")) {
            try ModelPackSource(argument: "./nowhere/pack.zip")
        }
        let message = ModelPackError.unknownPack(name: "x", known: catalog.names).message
        #expect(message.contains("buffalo_l, buffalo_m"))
        guard case .folder = try ModelPackSource(argument: "/tmp") else {
            Issue.record("/tmp is a folder")
            return
        }
    }
}
