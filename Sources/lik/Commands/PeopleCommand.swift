import ArgumentParser
import FaceCore
import FaceStore

/// `lik people`: who is in the library, and what users say of her.
struct PeopleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Lists the people of the library, names and corrects them.",
        discussion: """
            Numbers of people are those of lik people, numbers of faces those of lik people show. Every change can be \
            taken back with lik undo.
            """,
        subcommands: [
            List.self, Show.self, Rename.self, Describe.self, Merge.self, Split.self, Move.self, NotHer.self,
            Confirm.self, Ignore.self, Heed.self, Delete.self, Restore.self,
        ],
        defaultSubcommand: List.self)

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
                print("\(id)  \(person.displayName)  (\(Count.faces(person.faceCount)))")
            }
            if people.isEmpty { print("There is nobody in the library yet.") }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a person and the numbers of her faces.")

        @Argument(help: "The person's number.")
        var id: Int64

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            guard let person = try store.persons.person(PersonID(id)) else {
                throw FaceStoreError.unknownPerson(PersonID(id))
            }
            print("\(person.id)  \(person.displayName)  (\(Count.faces(person.faceCount)))")
            if let date = person.birthDate { print("born \(date)") }
            if let note = person.note { print(note) }
            for face in try store.faces.listed(of: person.id) {
                let place = try face.photo.upload?.displayName ?? store.photos.locations(of: face.photo.id).first?.path
                let box = "\(Int(face.box.x)),\(Int(face.box.y)) \(Int(face.box.width))×\(Int(face.box.height))"
                let mark = face.isPlacedByUser ? "  (confirmed)" : ""
                print("  face \(face.id)  \(place ?? "photo \(face.photo.id)")  at \(box)\(mark)")
            }
        }
    }
}

/// A number of things in words.
enum Count {
    static func faces(_ number: Int) -> String { "\(number) face\(number == 1 ? "" : "s")" }
}
