import ArgumentParser
import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// `lik copy`: a library into another database, and its photos with it where that has a folder of its own.
struct CopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copies a library, from SQLite to PostgreSQL or back.",
        discussion: """
            A place is sqlite:FILE or postgres:DATABASE; postgres: alone is the database that the settings name (DB_HOST, \
            DB_USER, DB_PASSWORD, DB_NAME). The target has to be empty. A copy that was broken off goes on where it was \
            when it is run again. At the end both are read and compared.

            Uploaded photos lie beside a SQLite file, in its folder's “uploads”, and for PostgreSQL in LIK_DATA: where \
            these are two folders, the photos are copied too; where they are one, they stay. --files-from and --files-to \
            name other folders.

            What is copied is the library as it is when the copy begins; stop the servers before, so that nothing comes \
            after.
            """)

    @Option(help: ArgumentHelp("The library to copy.", valueName: "place"))
    var from: String

    @Option(help: ArgumentHelp("Where it is copied to.", valueName: "place"))
    var to: String

    @Option(help: ArgumentHelp("The LIK_DATA of the library to copy.", valueName: "folder"))
    var filesFrom: String?

    @Option(help: ArgumentHelp("The LIK_DATA of the copy.", valueName: "folder"))
    var filesTo: String?

    @Flag(name: .customLong("no-files"), help: "Copy the database alone.")
    var leavesFiles = false

    @OptionGroup(title: "Database and cache servers") var backends: BackendFlags

    func validate() throws {
        for text in [from, to] where LibraryPlace(text) == nil {
            throw ValidationError("“\(text)” is no place of a library: sqlite:FILE or postgres:DATABASE.")
        }
        guard LibraryPlace(from) != LibraryPlace(to) else {
            throw ValidationError("A library cannot be copied into itself.")
        }
        if leavesFiles, filesFrom != nil || filesTo != nil {
            throw ValidationError("--no-files says that no files are copied; --files-from and --files-to say which.")
        }
    }

    func run() throws {
        guard let source = LibraryPlace(from), let target = LibraryPlace(to) else { return }
        let wiring = Wiring(settings: try Settings(flags: backends.values))
        let old = try wiring.store(at: source, mustExist: true)
        guard try !LibraryCopy.isUnfinished(old) else { throw CommandError.unfinishedCopy }
        let new = try wiring.store(at: target, mustExist: false)
        let copy = try LibraryCopy(from: old, to: new)
        let line = ProgressLine()
        defer { line.finish() }
        // Nothing is put beside a library that is somebody else's.
        try copy.reserve()
        let lost = try copyFiles(of: old, wiring: wiring, from: source, to: target, line)
        let report = try copy.run { try line.show("\($0.table): \($0.rows)") }
        line.finish()
        for table in report.tables where table.rows > 0 {
            print("\(table.name): \(table.rows) rows, SHA-256 \(table.digest)")
        }
        try old.close()
        try new.close()
        print("The copy is equal to the library.")
        for name in lost { Console.error("\(name) is not copied: it is gone, or is not what was uploaded.") }
        if !lost.isEmpty { throw ExitCode(3) }
    }

    /// - Returns: files that are lost.
    private func copyFiles(
        of store: any LibraryStore, wiring: Wiring, from source: LibraryPlace, to target: LibraryPlace,
        _ line: ProgressLine
    ) throws -> [String] {
        guard !leavesFiles else { return [] }
        guard try !store.removals.neededFiles(after: nil, limit: 1).isEmpty else { return [] }
        var old = wiring.folders(at: source)
        // A library that --db names has its photos in LIK_DATA.
        if !FileManager.default.fileExists(atPath: old.uploads.path) { old = wiring.folders() }
        if let filesFrom { old = Self.folders(filesFrom) }
        let new = filesTo.map(Self.folders) ?? wiring.folders(at: target)
        guard old.data.resolvingSymlinksInPath() != new.data.resolvingSymlinksInPath() else {
            print("The uploaded photos stay in \(old.uploads.path), for both.")
            return []
        }
        let report = try OriginalsCopy(from: old, to: new).run(of: store) { try line.show("files: \($0)") }
        line.finish()
        print(
            "\(report.copied) uploaded photos were copied from \(old.uploads.path) to \(new.uploads.path)"
                + (report.present > 0 ? "; \(report.present) were there already." : "."))
        return report.lost
    }

    private static func folders(_ path: String) -> LibraryFolders {
        LibraryFolders(data: URL(fileURLWithPath: Settings.absolute(path), isDirectory: true))
    }
}
