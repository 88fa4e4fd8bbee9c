import ArgumentParser
import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// `lik export`: what the library knows, for other programs.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Hands out people, a person's photos, or the whole library.",
        subcommands: [People.self, Person.self, Everything.self])

    struct People: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "people", abstract: "Prints everybody as CSV or JSON.")

        @Option(help: "csv or json.", transform: Self.format)
        var format = PeopleFormat.csv

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            try StandardOutput.write(.people(format, of: store))
        }

        private static func format(_ text: String) throws -> PeopleFormat {
            guard let format = PeopleFormat(rawValue: text.lowercased()) else {
                throw ValidationError("“\(text)” is neither csv nor json.")
            }
            return format
        }
    }

    struct Person: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "person", abstract: "Copies a person's photos into a folder or a zip file.",
            discussion: "The originals are copied as they are. Nothing that is there is written over.")

        @Argument(help: "The person's number, as lik people shows it, or her name.")
        var person: String

        @Option(help: "A new or empty folder, or a new file that ends in .zip.", completion: .file())
        var to: String

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let wiring = Wiring(settings: try Settings())
            let store = try wiring.store(library, mustExist: true)
            let photos = try PhotoCollection(
                of: try PersonChoice(person).id(in: store), in: store, folders: wiring.folders())
            let target = ExportTarget(path: Settings.absolute(to))
            if to.lowercased().hasSuffix(".zip") {
                try target.write(photos.zip())
            } else {
                try target.write(photos)
            }
            let count = photos.entries.count
            print("\(count) photo\(count == 1 ? "" : "s") of \(photos.person.displayName) in \(to).")
            for name in photos.missing {
                Console.error("\(name) is left out: its file is gone, or was changed since it was scanned.")
            }
            if !photos.missing.isEmpty { throw ExitCode(3) }
        }
    }

    struct Everything: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "library", abstract: "Prints people, photos and faces as JSON, one a line.")

        @Flag(help: "Add the embeddings.")
        var embeddings = false

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            try StandardOutput.write(
                .library(LibraryExportOptions(embeddings: embeddings, paths: true), of: store))
        }
    }
}

/// The person that a user means: by number or by name.
struct PersonChoice {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// A number is a person's id; a name has to be the whole name, in any case.
    ///
    /// - Throws: `CommandError.unknownPerson`, `.severalPersons`; `FaceStoreError`.
    func id(in store: any LibraryStore) throws -> PersonID {
        if let number = Int64(text), let person = try store.persons.person(PersonID(number)) { return person.id }
        let named = try store.persons.find(text).filter {
            $0.displayName.compare(text, options: [.caseInsensitive, .widthInsensitive]) == .orderedSame
        }
        guard let first = named.first else { throw CommandError.unknownPerson(text) }
        guard named.count == 1 else { throw CommandError.severalPersons(text, ids: named.map(\.id).sorted()) }
        return first.id
    }
}
