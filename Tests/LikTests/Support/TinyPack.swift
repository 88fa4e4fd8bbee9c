import Foundation

/// A pack of the tiny random models: they recognise nobody, but everything runs as with the real ones.
enum TinyPack {
    /// Writes the folder that `lik models install` takes, with the published file names.
    static func write(to folder: URL) throws {
        let models = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../FaceAnalysisTests/Models").standardizedFileURL
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let files = [
            "tiny_scrfd_kps": "det_500m", "tiny_arcface": "w600k_mbf", "tiny_genderage": "genderage",
            "tiny_2d106": "2d106det",
        ]
        for (tiny, published) in files {
            try FileManager.default.copyItem(
                at: models.appendingPathComponent("\(tiny).onnx"),
                to: folder.appendingPathComponent("\(published).onnx"))
        }
    }

    /// The tiny embedder gives fewer numbers than the published ones: the manifest has to say so.
    static func correctDimension(in installed: URL, to dimension: Int) throws {
        let file = installed.appendingPathComponent("lik-pack.json")
        var manifest = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
        if var inner = manifest["pack"] as? [String: Any] {
            inner["embeddingDimension"] = dimension
            manifest["pack"] = inner
        } else {
            manifest["embeddingDimension"] = dimension
        }
        try JSONSerialization.data(withJSONObject: manifest).write(to: file)
    }

    /// A photo for the tiny detector: smooth colours with some structure.
    static func photo(width: Int, height: Int, seed: Int) -> Data {
        var pixels: [UInt8] = []
        for row in 0..<height {
            for column in 0..<width {
                for channel in 0..<3 {
                    let value = 3 * row + 5 * column + 50 * channel + row * column / 64 + 31 * seed
                    pixels.append(UInt8(value % 256))
                }
            }
        }
        return Data("P6\n\(width) \(height)\n255\n".utf8) + Data(pixels)
    }
}
