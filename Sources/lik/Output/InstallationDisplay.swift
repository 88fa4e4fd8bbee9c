import FaceAnalysis

/// Shows an installation stage by stage: a bar where the bytes are counted, a line where they are not.
final class InstallationDisplay {
    private var stage: ModelPackProgress.Stage?
    private var bar: ProgressBar?

    func show(_ progress: ModelPackProgress) {
        if progress.stage != stage {
            finish()
            stage = progress.stage
            Console.note("\(progress.pack): \(progress.stage.rawValue)")
            bar = progress.total.map { ProgressBar(total: Self.megabytes($0), unit: "MB") }
        }
        bar?.update(done: Self.megabytes(progress.completed))
    }

    func finish() {
        bar?.finish()
        bar = nil
    }

    /// Rounded up, so that a small file is not nothing.
    private static func megabytes(_ bytes: Int64) -> Int { Int((bytes + 999_999) / 1_000_000) }
}
