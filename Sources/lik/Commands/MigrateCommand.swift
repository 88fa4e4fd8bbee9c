import ArgumentParser
import FaceStore

/// `lik migrate`: makes the library's tables, or brings them to this version.
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Makes the library's tables, or brings them to this version.",
        discussion: "Every other command does so too when it opens the library; this one does nothing else.")

    @OptionGroup var library: LibraryFlags
    @OptionGroup(title: "Database and cache servers") var backends: BackendFlags

    func run() throws {
        let store = try Wiring(settings: Settings(flags: backends.values)).store(library)
        let counts = try store.counts()
        try store.close()
        print("The library is ready: \(counts.analyzedPhotos) photos, \(counts.faces) faces, \(counts.persons) people.")
    }
}
