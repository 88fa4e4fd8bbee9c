import ArgumentParser
import FaceCore
import FaceStore
import Foundation

/// `lik journal`: what users changed about people.
struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Lists what was changed about people, newest first.")

    @Option(help: "How many changes.")
    var limit = 20

    @OptionGroup var library: LibraryFlags

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is at least 1.") }
    }

    func run() throws {
        let store = try Wiring(settings: Settings()).store(library, mustExist: true)
        let entries = try store.journal.entries(after: nil, limit: limit).elements
        for entry in entries {
            let people = entry.persons.map { "person \($0)" }.joined(separator: ", ")
            let faces = entry.faceCount > 0 ? Count.faces(entry.faceCount) : ""
            let about = [people, faces].filter { !$0.isEmpty }.joined(separator: "; ")
            let state = entry.state == .done ? "" : "  (\(entry.state.rawValue))"
            let words = entry.kind.rawValue.replacingOccurrences(of: "_", with: " ")
            print("\(entry.id)  \(entry.createdAt.formatted(.iso8601))  \(words): \(about)\(state)")
        }
        if entries.isEmpty { print("Nothing was changed yet.") }
    }
}

/// `lik undo`: takes the latest change of people back.
struct UndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Takes back the latest change of people.")

    @OptionGroup var library: LibraryFlags

    func run() throws {
        let result = try LibraryEdit(library).store.journal.undo()
        print("Undone: \(result.entry.kind.rawValue.replacingOccurrences(of: "_", with: " ")).")
    }
}

/// `lik redo`: makes the change again that was taken back last.
struct RedoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redo", abstract: "Makes the change again that was taken back last.")

    @OptionGroup var library: LibraryFlags

    func run() throws {
        let result = try LibraryEdit(library).store.journal.redo()
        print("Done again: \(result.entry.kind.rawValue.replacingOccurrences(of: "_", with: " ")).")
    }
}
