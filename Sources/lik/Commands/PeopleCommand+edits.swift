import ArgumentParser
import FaceCore
import FaceStore

// Each of these is one entry in the journal.

extension PeopleCommand {
    struct Rename: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a person a name.")

        @Argument(help: "The person's number, as lik people shows it.")
        var id: Int64

        @Argument(help: "The name, up to 255 characters.")
        var name: String

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let edit = try LibraryEdit(library)
            let result = try edit.perform(.rename(PersonID(id), to: name))
            print("Person \(id) is now \(result.persons.first?.displayName ?? name).")
        }
    }

    struct Describe: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets what else is known of a person; an empty text takes it away.")

        @Argument(help: "The person's number.")
        var id: Int64

        @Option(help: "Free text of up to 10,000 characters.")
        var note: String?

        @Option(help: "YYYY-MM-DD.")
        var birthDate: String?

        @Option(help: "The number of the face that stands for her; 0 for the largest.")
        var cover: Int64?

        @Flag(inversion: .prefixedNo, help: "Keep her out of sight.")
        var hidden: Bool?

        @OptionGroup var library: LibraryFlags

        func validate() throws {
            if let birthDate, !birthDate.isEmpty, CalendarDate(birthDate) == nil {
                throw ValidationError("“\(birthDate)” is no day; write YYYY-MM-DD.")
            }
            if note == nil, birthDate == nil, cover == nil, hidden == nil {
                throw ValidationError("Say what to set: --note, --birth-date, --cover or --hidden.")
            }
        }

        func run() throws {
            var description = PersonDescription(isHidden: hidden)
            if let note { description.note = note.isEmpty ? .clear : .set(note) }
            if let birthDate { description.birthDate = CalendarDate(birthDate).map { .set($0) } ?? .clear }
            if let cover { description.cover = cover == 0 ? .clear : .set(FaceID(cover)) }
            let result = try LibraryEdit(library).perform(.describe(PersonID(id), description))
            print("The details of \(result.persons.first?.displayName ?? "person \(id)") are saved.")
        }
    }

    struct Merge: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes several people one.")

        @Argument(help: "The number of the person who stays.")
        var into: Int64

        @Argument(help: "The numbers of those who are she.")
        var others: [Int64]

        @OptionGroup var library: LibraryFlags

        func validate() throws {
            if others.isEmpty { throw ValidationError("Name who is to be merged into person \(into).") }
        }

        func run() throws {
            let result = try LibraryEdit(library).perform(.merge(others.map { PersonID($0) }, into: PersonID(into)))
            let person = result.persons.first { $0.id == PersonID(into) }
            print("\(person?.displayName ?? "Person \(into)") has \(Count.faces(person?.faceCount ?? 0)) now.")
        }
    }

    struct Split: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes faces of one person, or of nobody, another person.")

        @Argument(help: "Numbers of faces, as lik people show lists them.")
        var faces: [Int64]

        @Option(help: "The name of the new person.")
        var name: String?

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let result = try LibraryEdit(library).perform(.split(faces.map { FaceID($0) }, name: name))
            let person = result.created.first.flatMap { id in result.persons.first { $0.id == id } }
            print("\(Count.faces(faces.count)) are now \(person?.displayName ?? "another person").")
        }
    }

    struct Move: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives faces to a person.")

        @Argument(help: "The number of the person whose faces they are.")
        var person: Int64

        @Argument(help: "Numbers of faces.")
        var faces: [Int64]

        @OptionGroup var library: LibraryFlags

        func run() throws {
            try LibraryEdit(library).perform(.move(faces.map { FaceID($0) }, to: PersonID(person)))
            print("\(Count.faces(faces.count)) moved.")
        }
    }

    struct NotHer: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "not-her", abstract: "Takes faces out of a person, to whom they never come back by themselves."
        )

        @Argument(help: "The number of the person who is not on them.")
        var person: Int64

        @Argument(help: "Numbers of faces.")
        var faces: [Int64]

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let edit = try LibraryEdit(library)
            try edit.perform(.reject(faces.map { FaceID($0) }, from: PersonID(person)))
            try edit.regroup()
            print("\(Count.faces(faces.count)) taken out.")
        }
    }

    struct Confirm: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says that faces are where they belong.")

        @Argument(help: "Numbers of faces.")
        var faces: [Int64]

        @OptionGroup var library: LibraryFlags

        func run() throws {
            try LibraryEdit(library).perform(.confirm(faces.map { FaceID($0) }))
            print("\(Count.faces(faces.count)) confirmed.")
        }
    }

    struct Ignore: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says that faces are of no interest.")

        @Argument(help: "Numbers of faces.")
        var faces: [Int64]

        @OptionGroup var library: LibraryFlags

        func run() throws {
            try LibraryEdit(library).perform(.ignore(faces.map { FaceID($0) }))
            print("\(Count.faces(faces.count)) ignored.")
        }
    }

    struct Heed: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Says that ignored faces are of interest again.")

        @Argument(help: "Numbers of faces.")
        var faces: [Int64]

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let edit = try LibraryEdit(library)
            try edit.perform(.heed(faces.map { FaceID($0) }))
            try edit.regroup()
            print("\(Count.faces(faces.count)) are heeded again.")
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hides a person; a server on the library erases her after LIK_ERASE_AFTER.")

        @Argument(help: "The person's number.")
        var id: Int64

        @OptionGroup var library: LibraryFlags

        func run() throws {
            try LibraryEdit(library).perform(.delete(PersonID(id)))
            print("Person \(id) is deleted. Until she is erased, lik people restore \(id) brings her back.")
        }
    }

    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Brings a deleted person back.")

        @Argument(help: "The person's number.")
        var id: Int64

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let result = try LibraryEdit(library).perform(.restore(PersonID(id)))
            print("\(result.persons.first?.displayName ?? "Person \(id)") is back.")
        }
    }
}
