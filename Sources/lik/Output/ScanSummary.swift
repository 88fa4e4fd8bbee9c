import FaceLibrary

/// What a person reads at the end of a scan.
struct ScanSummary {
    let lines: [String]

    /// - Parameter people: how many people are on the scanned photos.
    init(report: ScanReport, people: Int, faces: Int) {
        let through = report.files.count
        var lines = [
            "\(Self.count(through, "photo")), \(Self.count(faces, "face")), "
                + (people == 1 ? "1 person" : "\(people) people")
        ]
        var details: [String] = []
        if report.analyzed > 0 {
            details.append("\(report.analyzed) new with \(Self.count(report.newFaces, "face"))")
        }
        if report.known > 0 { details.append("\(report.known) known") }
        if report.duplicates > 0 { details.append(Self.count(report.duplicates, "duplicate")) }
        if report.forgotten > 0 { details.append("\(report.forgotten) gone") }
        if !report.failures.isEmpty { details.append("\(report.failures.count) with errors") }
        if !details.isEmpty { lines.append(details.joined(separator: ", ")) }
        for failure in report.failures { lines.append("  \(failure.file.name): \(failure.reason)") }
        if report.wasCancelled { lines.append("Stopped before the end; the next scan goes on from there.") }
        self.lines = lines
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
