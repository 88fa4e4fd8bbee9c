import ArgumentParser
import FaceLibrary
import FaceStore
import Foundation

/// `lik backup`: the library, database and photos, in one file.
struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Writes the library, its database and its photos, into one file.",
        discussion: """
            The library may be used meanwhile: what is written is the library as it is when the backup begins. The file is \
            a tar file, the same for SQLite and PostgreSQL, and its name must not be taken; beside it there has to be room \
            for the database once more. Photos that were scanned where they lie (lik scan) are not in it, what was found \
            on them is. lik restore makes a library of it.
            """)

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @OptionGroup var library: LibraryFlags
    @OptionGroup(title: "Database and cache servers") var backends: BackendFlags

    func run() throws {
        let wiring = Wiring(settings: try Settings(flags: backends.values))
        let store = try wiring.store(library, mustExist: true)
        let line = ProgressLine()
        defer { line.finish() }
        let backup = LibraryBackup(
            of: store, folders: wiring.folders(), program: Version.current, open: wiring.store(inFile:))
        let manifest = try backup.write(to: Settings.absolute(file)) { progress in
            switch progress {
            case .rows(let table, let count): try line.show("\(table): \(count)")
            case .files(let count): try line.show("files: \(count)")
            }
        }
        try store.close()
        line.finish()
        print("\(manifest.words) in \(file).")
        try manifest.tellLostFiles()
    }
}

/// `lik restore`: a library out of a backup.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Makes a library of a backup, where there is none.",
        discussion: """
            The library goes into SQLite or PostgreSQL (DB_HOST), whichever it came from, and its photos into LIK_DATA; \
            both have to be empty, and no server may run on them. The whole backup is verified before anything of it \
            counts, and the rows are compared at the end. One that was broken off begins anew when it is run again.
            """)

    @Argument(help: "The backup.", completion: .file())
    var file: String

    @Flag(help: "Only read the backup and verify it.")
    var check = false

    @OptionGroup var library: LibraryFlags
    @OptionGroup(title: "Database and cache servers") var backends: BackendFlags

    func run() throws {
        let wiring = Wiring(settings: try Settings(flags: backends.values))
        let folders = wiring.folders()
        let restore = LibraryRestore(
            from: Settings.absolute(file), folders: folders, open: wiring.store(inFile:))
        let line = ProgressLine()
        defer { line.finish() }
        guard !check else {
            let manifest = try restore.check { try line.show("files: \($0)") }
            line.finish()
            print("\(manifest.words); the backup is whole.")
            return try manifest.tellLostFiles()
        }
        try folders.create()
        let claim = try FolderClaim(folders)
        defer { withExtendedLifetime(claim) {} }
        let store = try wiring.anyStore(library, mustExist: false)
        let manifest = try restore.run(into: store) { try line.show("files: \($0)") }
        try store.close()
        line.finish()
        print("\(manifest.words) restored.")
        try manifest.tellLostFiles()
    }
}

extension BackupManifest {
    /// How much there is.
    fileprivate var words: String {
        let formatter = ByteCountFormatter()
        formatter.allowsNonnumericFormatting = false
        let bytes = formatter.string(fromByteCount: fileBytes)
        return """
            \(counts.photos) photos, \(counts.faces) faces, \(counts.persons) people, \(files) uploaded files of \(bytes)
            """
    }

    /// - Throws: exit code 3 when there are any.
    fileprivate func tellLostFiles() throws {
        guard !lostFiles.isEmpty else { return }
        for name in lostFiles.prefix(20) {
            Console.error("\(name) is gone, or is not what was uploaded.")
        }
        if lostFiles.count > 20 { Console.error("So are \(lostFiles.count - 20) more.") }
        throw ExitCode(3)
    }
}
