import ArgumentParser
import FaceCore
import FaceStore
import Foundation

/// `lik copy`: a library's database into another one.
struct CopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copies a library's database, from SQLite to PostgreSQL or back.",
        discussion: """
            A place is sqlite:FILE or postgres:DATABASE; postgres: alone is the database that the settings name (DB_HOST, \
            DB_USER, DB_PASSWORD, DB_NAME). The target has to be empty. A copy that was broken off goes on where it was \
            when it is run again. At the end both are read and compared.

            What is copied is the library as it is when the copy begins; stop the servers before, so that nothing comes \
            after. The photos' files stay in LIK_DATA, for both.
            """)

    @Option(help: ArgumentHelp("The library to copy.", valueName: "place"))
    var from: String

    @Option(help: ArgumentHelp("Where it is copied to.", valueName: "place"))
    var to: String

    @OptionGroup(title: "Database and cache servers") var backends: BackendFlags

    func validate() throws {
        for text in [from, to] where LibraryPlace(text) == nil {
            throw ValidationError("“\(text)” is no place of a library: sqlite:FILE or postgres:DATABASE.")
        }
        guard LibraryPlace(from) != LibraryPlace(to) else {
            throw ValidationError("A library cannot be copied into itself.")
        }
    }

    func run() throws {
        guard let source = LibraryPlace(from), let target = LibraryPlace(to) else { return }
        let wiring = Wiring(settings: try Settings(flags: backends.values))
        let old = try wiring.store(at: source, mustExist: true)
        guard try !LibraryCopy.isUnfinished(old) else { throw CommandError.unfinishedCopy }
        let new = try wiring.store(at: target, mustExist: false)
        let report = try LibraryCopy(from: old, to: new).run { progress in
            guard isatty(STDERR_FILENO) == 1 else { return }
            FileHandle.standardError.write(Data("\r\u{1B}[K\(progress.table): \(progress.rows)".utf8))
        }
        if isatty(STDERR_FILENO) == 1 { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        for table in report.tables where table.rows > 0 {
            print("\(table.name): \(table.rows) rows, SHA-256 \(table.digest)")
        }
        try old.close()
        try new.close()
        print("The copy is equal to the library.")
    }
}
