import FaceCore
import Foundation

extension InstallationJob {
    /// Converts dlib's networks into the staging folder and puts the shape predictor beside them.
    ///
    /// - Throws: `ModelPackError.wrongHash` for a file that is not the published one: the readers know no other.
    func convert(
        _ set: ModelFileSet, progress: (ModelPackProgress) -> Void
    ) throws(ModelPackError) -> [ModelPackManifest.File] {
        var files: [ModelPackManifest.File] = []
        for member in set.members {
            let published = member.published
            progress(ModelPackProgress(stage: .converting, pack: name, completed: 0, total: nil))
            let bytes = try Self.contents(of: member)
            let output: (name: String, bytes: [UInt8])
            switch published.role {
            case .detector: output = ("detector.onnx", try convert(bytes, published, conversion.detector))
            case .embedder: output = ("embedder.onnx", try convert(bytes, published, conversion.embedder))
            default: output = (published.name, bytes)
            }
            let file = try OutputFile(staging.folder.appendingPathComponent(output.name), .new)
            try file.write(output.bytes)
            try file.synchronize()
            files.append(
                ModelPackManifest.File(
                    role: published.role, name: output.name, sha256: FileHash.of(output.bytes),
                    input: published.input, isVerified: true))
        }
        return files
    }

    /// A published file's bytes, checked against its known hash.
    private static func contents(of member: ModelFileSet.Member) throws(ModelPackError) -> [UInt8] {
        let input = try InputFile(member.url)
        var bytes: [UInt8] = []
        while let part = try input.read(atMost: FileHash.chunk) {
            bytes += part
            guard bytes.count <= 256 << 20 else { throw .tooLarge(file: member.published.name) }
        }
        guard FileHash.of(bytes) == member.published.sha256 else { throw .wrongHash(file: member.published.name) }
        return bytes
    }

    private func convert(
        _ bytes: [UInt8], _ published: ModelPackCatalog.PublishedFile, _ converter: ([UInt8]) throws -> [UInt8]
    ) throws(ModelPackError) -> [UInt8] {
        do {
            return try converter(bytes)
        } catch {
            let reason = (error as? any UserFacingError)?.message ?? "its contents are not what they should be"
            throw .conversionFailed(file: published.name, reason: reason)
        }
    }
}
