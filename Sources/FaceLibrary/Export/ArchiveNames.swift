import FaceCore
import Foundation

/// Names for files that are handed out together: safe on every system, and each once.
struct ArchiveNames {
    /// Bytes of a name, in UTF-8; file systems take 255.
    private static let maximumLength = 200
    private static let forbidden = Set("<>:\"|?*".unicodeScalars)
    /// Names of devices on Windows, whatever their ending.
    private static let devices = Set(["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

    private var taken: Set<String> = []

    /// A name for a file that was called so.
    ///
    /// - Parameters:
    ///   - name: whatever somebody called it: of a path the last part counts.
    ///   - format: gives the ending when the name has none.
    mutating func name(for name: String, format: PhotoFormat) -> String {
        let safe = Self.safe(name)
        var ending = (safe as NSString).pathExtension
        var stem = (safe as NSString).deletingPathExtension
        // What stands behind the dot of "St. Petersburg" is no ending.
        if ending.isEmpty || ending.contains(" ") || ending.utf8.count > 10 {
            stem = safe
            ending = format.fileEnding
        }
        var candidate = Self.joined(stem, "", ending)
        var number = 2
        // Two that differ in upper and lower case only would be one file on some systems.
        while !taken.insert(candidate.lowercased()).inserted {
            candidate = Self.joined(stem, "-\(number)", ending)
            number += 1
        }
        return candidate
    }

    private static func joined(_ stem: String, _ suffix: String, _ ending: String) -> String {
        let tail = suffix + "." + ending
        var stem = stem
        while stem.utf8.count + tail.utf8.count > maximumLength, !stem.isEmpty { stem.removeLast() }
        return stem + tail
    }

    /// The last part of a path without what some system does not take, in composed characters; `photo` when nothing is
    /// left.
    static func safe(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var scalars = String.UnicodeScalarView()
        for scalar in last.precomposedStringWithCanonicalMapping.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control
            // Marks that turn the direction of writing make a name look like another one.
            let isDirection = scalar.properties.isBidiControl
            scalars.append(isControl || isDirection || forbidden.contains(scalar) ? "_" : scalar)
        }
        // Neither hidden nor ended in a way that Windows drops.
        let text = String(scalars).trimmingCharacters(in: CharacterSet(charactersIn: ". "))
        guard !text.isEmpty else { return "photo" }
        let stem = text.split(separator: ".", omittingEmptySubsequences: false).first.map(String.init) ?? text
        return devices.contains(stem.lowercased()) ? "_" + text : text
    }
}
