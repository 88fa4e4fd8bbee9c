import ArgumentParser
import FaceAnalysis
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Imaging
import Inference

/// `lik doctor`: what is installed and what is missing.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Says what is installed and what is missing.",
        discussion: """
            --repair removes uploaded files that the library does not know, and photos whose uploaded file is gone. Stop \
            the server before.
            """)

    @Flag(help: "Make files and database agree again.")
    var repair = false

    @OptionGroup var library: LibraryFlags

    func run() throws {
        let wiring = Wiring(settings: try Settings())
        let checks: [Check] = [
            Check("Processor") { "\(Wiring.cores) cores" },
            Check("ONNX Runtime") { try OnnxRuntime.shared().version },
            Check("Model pack") { try Self.pack(wiring) },
            Check("Label fonts") { try Self.fonts() },
            Check("Library") { try Self.library(wiring, library) },
            Check("Uploaded files") { try Self.files(wiring, library, repair: repair) },
        ]
        var allWell = true
        for check in checks {
            do {
                print("ok       \(check.name): \(try check.body())")
            } catch let error as any UserFacingError {
                print("missing  \(check.name): \(error.message)")
                allWell = false
            }
        }
        if !allWell { throw ExitCode(1) }
    }

    private struct Check {
        let name: String
        let body: () throws -> String

        init(_ name: String, _ body: @escaping () throws -> String) {
            self.name = name
            self.body = body
        }
    }

    private struct Missing: UserFacingError {
        let message: String
    }

    private static func pack(_ wiring: Wiring) throws -> String {
        let pack = try wiring.installedPack()
        _ = try wiring.analyzer(for: pack, jobs: 1, attributes: false)
        let manifest = pack.manifest
        return "\(manifest.name)\(manifest.isVerified ? "" : " (unverified)"), licence \(manifest.licence)"
    }

    private static func fonts() throws -> String {
        let blank = Photo(width: 200, height: 80, pixels: [UInt8](repeating: 128, count: 200 * 80 * 3))
        var canvas = PhotoCanvas(blank)
        try canvas.draw([FaceLabel(box: BoundingBox(x: 20, y: 40, width: 60, height: 30), text: "Лик", color: .white)])
        return "labels can be drawn"
    }

    /// Compares the uploaded files with the library, and with `repair` makes them agree.
    private static func files(_ wiring: Wiring, _ flags: LibraryFlags, repair: Bool) throws -> String {
        let folders = wiring.folders()
        guard FileManager.default.fileExists(atPath: folders.uploads.path) else { return "none" }
        let claim = repair ? try FolderClaim(folders) : nil
        defer { withExtendedLifetime(claim) {} }
        let store = try wiring.store(flags, mustExist: true)
        let inspection = LibraryInspection(store: store, folders: folders)
        let findings = try inspection.findings()
        guard !findings.isEmpty else { return "files and library agree" }
        let lines = [
            ("uploaded files that the library does not know", findings.filesWithoutRow),
            ("files of the library that are not there", findings.rowsWithoutFile),
            ("uploads that were never finished", findings.unfinishedUploads),
        ]
        for (words, names) in lines where !names.isEmpty {
            print("         \(names.count) \(words):")
            for name in names.prefix(10) { print("           \(name)") }
        }
        guard repair else { throw Missing(message: "files and library do not agree; lik doctor --repair makes them.") }
        try inspection.repair(findings)
        return "repaired"
    }

    private static func library(_ wiring: Wiring, _ flags: LibraryFlags) throws -> String {
        do {
            let store = try wiring.store(flags, mustExist: true)
            let counts = try store.counts()
            return "\(counts.analyzedPhotos) photos, \(counts.faces) faces, \(counts.persons) people"
        } catch CommandError.noLibrary {
            return "none yet; the first scan makes it"
        }
    }
}
