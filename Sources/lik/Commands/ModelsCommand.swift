import ArgumentParser
import FaceAnalysis
import Foundation

/// `lik models`: what is installed, and installing more.
struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "Lists, installs, checks and removes model packs.",
        subcommands: [List.self, Install.self, Verify.self, Quantize.self, Remove.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the packs, with their licences.")

        @OptionGroup var place: ModelsPlace

        func run() throws {
            let store = try place.store()
            let installed = store.installed()
            let inUse = try? store.defaultPack(named: place.settings().string(.pack)).name
            for pack in installed {
                let manifest = pack.manifest
                let marks = [manifest.name == inUse ? "in use" : nil, manifest.isVerified ? nil : "unverified"]
                let suffix = marks.compactMap { $0 }.joined(separator: ", ")
                print("\(manifest.name): installed\(suffix.isEmpty ? "" : ", " + suffix)")
                print("    licence: \(manifest.licence)")
            }
            for (name, error) in store.unreadable() { print("\(name): \(error.message)") }
            let names = Set(installed.map(\.manifest.name))
            for entry in ModelPackCatalog.published.entries where !names.contains(entry.name) {
                print("\(entry.name): not installed (lik models install \(entry.name))")
                print("    licence: \(entry.licence)")
            }
        }
    }

    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Installs a pack: by name, from a zip file, or from a folder.",
            discussion: """
                auto takes buffalo_l, and where its download cannot be reached, the dlib pack. An interrupted download \
                goes on where it stopped when the command is run again.
                """)

        @Argument(help: "A known name, auto, an archive or a folder.")
        var source: String

        @Option(help: "The name to install a folder or archive under; by default its own.")
        var name: String?

        @OptionGroup var place: ModelsPlace

        func run() throws {
            let source = try ModelPackSource(argument: source)
            let display = InstallationDisplay()
            let result = try ModelPackInstaller().install(source, named: name, into: place.store()) {
                display.show($0)
            }
            display.finish()
            if let note = result.note { Console.note(note) }
            let manifest = result.pack.manifest
            print(
                result.wasAlreadyInstalled
                    ? "\(manifest.name) is installed already and intact." : "\(manifest.name) is installed.")
            print("Licence: \(manifest.licence)")
            if let url = manifest.licence.url { print("         \(url.absoluteString)") }
            if !manifest.isVerified {
                print(
                    "The pack is unverified: its files are not the published ones, their hashes were recorded as found."
                )
            }
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Compares the files of packs with their hashes.")

        @Argument(help: "Names; all installed packs when none is given.")
        var names: [String] = []

        @OptionGroup var place: ModelsPlace

        func run() throws {
            let store = try place.store()
            let packs = names.isEmpty ? store.installed().map(\.name) + store.unreadable().map(\.name) : names
            var allIntact = true
            for name in packs {
                do {
                    try store.verify(packNamed: name)
                    print("\(name): intact")
                } catch {
                    print("\(name): \(error.message)")
                    allIntact = false
                }
            }
            if packs.isEmpty { print("No model pack is installed.") }
            if !allIntact { throw ExitCode(1) }
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Removes an installed pack.")

        @Argument var name: String
        @OptionGroup var place: ModelsPlace

        func run() throws {
            try place.store().remove(packNamed: name)
            print("\(name) is removed.")
        }
    }
}

/// Where model packs lie.
struct ModelsPlace: ParsableArguments {
    @Option(name: .customLong("models"), help: "Folder of the model packs (LIK_MODELS).")
    var folder: String?

    func settings() throws -> Settings {
        try Settings(flags: folder.map { [Setting.models.name: $0] } ?? [:])
    }

    func store() throws -> ModelPackStore {
        ModelPackStore(root: URL(fileURLWithPath: try settings().path(.models), isDirectory: true))
    }
}
