import ArgumentParser
import FaceCore
import FaceLibrary
import FaceStore
import Foundation

/// `lik keys`: who may use the API, for what, and who did.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Makes, lists and revokes the keys of the API.",
        discussion: """
            As soon as there is a key, the server answers nobody without one; LIK_API_KEY, where it is set, does everything \
            that a key of the scope admin does. A server that runs learns of a change within a second.
            """,
        subcommands: [List.self, Create.self, Rotate.self, Revoke.self, Forget.self, Log.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the keys, newest first.")

        @Flag(help: "Those that were revoked too.")
        var all = false

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let keys = try store.keys.all().filter { all || $0.revokedAt == nil }
            for key in keys {
                let scopes = KeyScope.allCases.filter { key.scopes.contains($0) }.map(\.rawValue).joined(
                    separator: ", ")
                let limit = key.limit.map { ", \($0.requestsPerMinute) a minute" } ?? ""
                let place = key.collection.map { ", collection \($0)" } ?? ""
                let end = key.revokedAt.map { "  (revoked \($0.formatted(.iso8601)))" } ?? ""
                print("\(key.id)  \(key.name)  \(key.digests.hint)…  \(scopes)\(place)\(limit)\(end)")
            }
            if keys.isEmpty { print("There are no keys.") }
        }
    }

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a key and prints it, this once.",
            discussion: "The key goes to standard output, what is said of it to standard error.")

        @Argument(help: "What the key is called.")
        var name: String

        @Option(
            name: .customLong("scope"), parsing: .singleValue,
            help: "What it may be used for: read, write, recognise or admin; may be given several times.",
            transform: Self.scope)
        var scopes: [KeyScope] = []

        @Option(help: "The number of the one collection that it is for; by default the whole library.")
        var collection: Int64?

        @Option(name: .customLong("per-minute"), help: "Requests that it may make in a minute; by default any number.")
        var perMinute: Int?

        @Option(help: "Requests that it may make at once; by default those of a minute.")
        var burst: Int?

        @OptionGroup var library: LibraryFlags

        private static func scope(_ text: String) throws -> KeyScope {
            guard let scope = KeyScope(rawValue: text) else {
                throw ValidationError("--scope takes read, write, recognise or admin.")
            }
            return scope
        }

        func validate() throws {
            if scopes.isEmpty { throw ValidationError("Say what the key is for: --scope read, for one.") }
            if burst != nil, perMinute == nil { throw ValidationError("--burst needs --per-minute.") }
            if let perMinute, !(1...1_000_000).contains(perMinute) {
                throw ValidationError("--per-minute takes a number from 1 to 1000000.")
            }
            if let burst, !(1...1_000_000).contains(burst) {
                throw ValidationError("--burst takes a number from 1 to 1000000.")
            }
        }

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library)
            let secret = KeySecret()
            let key = try store.keys.create(
                NewAPIKey(
                    name: name, scopes: Set(scopes), collection: collection.map { CollectionID($0) },
                    limit: perMinute.flatMap { KeyRateLimit(requestsPerMinute: $0, burst: burst) }),
                digests: secret.digests)
            Console.note("Key \(key.id), “\(key.name)”. It is shown this once; keep it safe.")
            print(secret.text)
        }
    }

    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a key another secret and prints it, this once; the old one ends.")

        @Argument(help: "The key's number.")
        var id: Int64

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let secret = KeySecret()
            let key = try store.keys.rotate(KeyID(id), digests: secret.digests)
            Console.note("Key \(key.id), “\(key.name)”. It is shown this once; keep it safe.")
            print(secret.text)
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a key for good.")

        @Argument(help: "The key's number.")
        var id: Int64

        @OptionGroup var library: LibraryFlags

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let key = try store.keys.revoke(KeyID(id))
            print("The key \(key.id), “\(key.name)”, is revoked.")
        }
    }

    struct Forget: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forgets all keys; without LIK_API_KEY the server stands open again.")

        @Flag(help: "Confirms that it is meant.")
        var yes = false

        @OptionGroup var library: LibraryFlags

        func validate() throws {
            if !yes {
                throw ValidationError("This lets everybody in where LIK_API_KEY is not set; confirm with --yes.")
            }
        }

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let count = try store.keys.removeAll()
            print("\(count) key\(count == 1 ? "" : "s") forgotten.")
        }
    }

    struct Log: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists who asked for what with keys, newest first.")

        @Option(help: "Only the requests of the key with this number.")
        var key: Int64?

        @Option(help: "How many requests.")
        var limit = 20

        @OptionGroup var library: LibraryFlags

        func validate() throws {
            if limit < 1 { throw ValidationError("--limit is at least 1.") }
        }

        func run() throws {
            let store = try Wiring(settings: Settings()).store(library, mustExist: true)
            let entries = try store.audit.entries(key: key.map { KeyID($0) }, after: nil, limit: limit).elements
            for entry in entries {
                let asker =
                    switch entry.asker {
                    case .serverKey: "LIK_API_KEY"
                    case .key(let id, let name): "\(name) (\(id))"
                    case .wrongKey: "a wrong key"
                    }
                print(
                    """
                    \(entry.at.formatted(.iso8601))  \(asker)  \(entry.address)  \(entry.method) \(entry.path)  \
                    \(entry.status)
                    """)
            }
            if entries.isEmpty { print("Nothing was asked for with a key yet.") }
        }
    }
}
