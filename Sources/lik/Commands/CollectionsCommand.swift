import ArgumentParser
import FaceCache
import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// `lik collections`: named sets of people.
struct CollectionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collections", abstract: "Makes named sets of people, such as staff or guests.",
        discussion: "A collection may be named by its number or its name. Its people stay in the library when it goes.",
        subcommands: [
            List.self, Create.self, Change.self, Delete.self, Members.self, Add.self, Remove.self, Enrol.self,
        ],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the collections.")

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let collections = try store.collections.all()
            for one in collections {
                let count = "\(one.memberCount) \(one.memberCount == 1 ? "person" : "people")"
                print("\(one.id)  \(one.name)  (\(count))\(one.threshold.inWords)")
            }
            if collections.isEmpty { print("There are no collections.") }
        }
    }

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a collection.")

        @Argument(help: "What it is called.")
        var name: String

        @OptionGroup var threshold: ThresholdFlags
        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library)
            let made = try store.collections.create(name: name, threshold: threshold.value ?? .pack)
            print("Collection \(made.id) is \(made.name).")
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Renames a collection, or sets its threshold.")

        @Argument(help: "The collection.")
        var collection: String

        @Option(help: "Another name.")
        var name: String?

        @Flag(help: "Take the model pack's threshold.")
        var packThreshold = false

        @OptionGroup var threshold: ThresholdFlags
        @OptionGroup var library: LibraryFlags

        func validate() throws {
            if packThreshold, threshold.value != nil {
                throw ValidationError("--pack-threshold leaves nothing to --min-similarity and --far.")
            }
        }

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let changed = try store.collections.change(
                try store.collection(collection).id, name: name, threshold: packThreshold ? .pack : threshold.value)
            print("\(changed.id)  \(changed.name)\(changed.threshold.inWords)")
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Deletes a collection, and nobody of it.")

        @Argument(help: "The collection.")
        var collection: String

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let gone = try store.collection(collection)
            try store.collections.delete(gone.id)
            print("The collection \(gone.name) is deleted; its people are still in the library.")
        }
    }

    struct Members: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists who is in a collection.")

        @Argument(help: "The collection.")
        var collection: String

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let filter = PersonFilter(collection: try store.collection(collection).id)
            let people = try store.persons.page(filter, sort: .name, after: nil, offset: 0, limit: nil).elements
            for one in people {
                print("\(one.person.id)  \(one.person.displayName)  (\(Count.faces(one.person.faceCount)))")
            }
            if people.isEmpty { print("There is nobody in it.") }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Puts people of the library into a collection.")

        @Argument(help: "The collection.")
        var collection: String

        @Argument(help: "The people's numbers.")
        var people: [Int64]

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            try store.collections.add(people.map { PersonID($0) }, to: try store.collection(collection).id)
            print("\(people.count) \(people.count == 1 ? "person is" : "people are") in it.")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes people out of a collection.")

        @Argument(help: "The collection.")
        var collection: String

        @Argument(help: "The people's numbers.")
        var people: [Int64]

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let count = try store.collections.remove(
                people.map { PersonID($0) }, from: try store.collection(collection).id)
            print("\(count) \(count == 1 ? "person is" : "people are") out of it.")
        }
    }

    struct Enrol: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Has somebody recognised by photos, and puts her into a collection.",
            discussion: """
                Each photo has to show one face, large and sharp enough and like the person's others; of those that are \
                refused the reason is told. The exit code is 3 when one was.
                """)

        @Argument(help: "The collection.")
        var collection: String

        @Argument(help: "The photos.", completion: .file())
        var photos: [String]

        @Option(help: "Her name; whoever is in the collection under it, else somebody new.")
        var name: String?

        @Option(help: "Her number, when she is in the library already.")
        var person: Int64?

        @OptionGroup(title: "Library") var library: LibraryFlags
        @OptionGroup(title: "Faces") var analysis: AnalysisFlags

        func validate() throws {
            if (name == nil) == (person == nil) { throw ValidationError("Name her with --name or with --person.") }
            if photos.isEmpty { throw ValidationError("Name a photo.") }
            try checkingUsage { try wiring().check() }
        }

        func run() throws {
            let wiring = try wiring()
            let store = try wiring.store(library, mustExist: true)
            try wiring.folders().create()
            let desk = try RecognitionDesk(wiring, store: store)
            let subject = person.map { EnrolmentSubject.person(PersonID($0)) } ?? .named(name ?? "")
            let enrolment = try desk.recognition.enrol(
                try photos.map { EnrolmentPhoto(name: $0, bytes: try desk.bytes(of: $0)) }, as: subject,
                in: try store.collection(collection).id)
            for photo in enrolment.photos {
                switch photo.outcome {
                case .success(let face): print("\(photo.name): face \(face.id)")
                case .failure(let refusal): Console.error("\(photo.name): \(refusal.message)")
                }
            }
            if let person = enrolment.person {
                print("\(person.id)  \(person.displayName)  (\(Count.faces(person.faceCount)))")
            }
            if enrolment.faces.count < photos.count { throw ExitCode(3) }
        }

        private func wiring() throws -> Wiring { Wiring(settings: try Settings(flags: analysis.values)) }
    }
}

/// From where on a face is somebody of a collection.
struct ThresholdFlags: ParsableArguments {
    @Option(help: "The least similarity (one minus the distance), -1 to 1; by default the model pack's.")
    var minSimilarity: Double?

    @Option(help: "The highest false accept rate, as lik evaluate --calibrate has measured it.")
    var far: Double?

    func validate() throws {
        if minSimilarity != nil, far != nil { throw ValidationError("--min-similarity and --far say the same thing.") }
    }

    /// Nil when neither is given.
    var value: PersonCollection.Threshold? {
        minSimilarity.map { .similarity($0) } ?? far.map { .falseAcceptRate($0) }
    }
}

extension PersonCollection.Threshold {
    fileprivate var inWords: String {
        switch self {
        case .pack: ""
        case .similarity(let value): ", from a similarity of \(value)"
        case .falseAcceptRate(let rate): ", at a false accept rate of \(rate)"
        }
    }
}

extension LibraryStore {
    /// The collection of a number or a name.
    ///
    /// - Throws: `CommandError.unknownCollection`.
    func collection(_ text: String) throws -> PersonCollection {
        let all = try collections.all()
        guard let found = all.first(where: { $0.name == text }) ?? all.first(where: { $0.id.description == text })
        else { throw CommandError.unknownCollection(text) }
        return found
    }
}
