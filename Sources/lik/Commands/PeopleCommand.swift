import ArgumentParser
import FaceCore
import FaceStore

/// `lik people`: who is in the library.
struct PeopleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Lists the people of the library and names them.",
        subcommands: [List.self, Rename.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists people, those with most faces first.")

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let people = try store.persons.all().sorted { ($1.faceCount, $0.id) < ($0.faceCount, $1.id) }
            if json { return try print(PeopleDocument(people).encoded()) }
            let width = people.map { String($0.id.rawValue).count }.max() ?? 1
            for person in people {
                let id = String(repeating: " ", count: width - String(person.id.rawValue).count) + "\(person.id)"
                print("\(id)  \(person.displayName)  (\(person.faceCount) face\(person.faceCount == 1 ? "" : "s"))")
            }
            if people.isEmpty { print("There is nobody in the library yet.") }
        }
    }

    struct Rename: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a person a name.")

        @Argument(help: "The person's number, as lik people shows it.")
        var id: Int64

        @Argument(help: "The name, up to 255 characters.")
        var name: String

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let person = try store.persons.rename(PersonID(id), to: name)
            print("Person \(person.id) is now \(person.displayName).")
        }
    }
}
