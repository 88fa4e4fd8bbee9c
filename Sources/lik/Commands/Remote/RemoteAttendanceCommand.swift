import ArgumentParser
import FaceCore
import Foundation
import LikClient

/// `lik remote attendance`: who was where, as a server noted it.
struct RemoteAttendanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attendance", abstract: "Notes who is on a photo as having been there; lists who was.",
        subcommands: [List.self, Note.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists who was where, newest first.")

        @Option(help: "A day, 2026-11-25, or a time, 2026-11-25T08:00:00Z: only from it on.")
        var from: String?

        @Option(help: "The same: only up to its end.")
        var to: String?

        @Option(help: "Only this person, by number.")
        var person: Int64?

        @Option(help: "Only this collection, by its number or name.")
        var collection: String?

        @Option(help: "Only this place.")
        var place: String?

        @Option(help: "At most so many; by default all.")
        var limit: Int?

        @Flag(help: "Print all of it as a table of comma-separated values.")
        var csv = false

        @OptionGroup(title: "Server") var remote: RemoteFlags

        func validate() throws {
            if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1.") }
            if csv, limit != nil { throw ValidationError("--csv is all of it: leave --limit out.") }
        }

        func run() throws {
            let client = try remote.client()
            let filter = AttendanceFilter(
                from: from, to: to, person: person, collection: try collection.map { try client.collection($0) },
                place: place)
            guard !csv else {
                FileHandle.standardOutput.write(Data(try client.attendanceTable(filter)))
                return
            }
            let events = try client.attendance(filter, most: limit ?? .max)
            for event in events { print(Self.line(event)) }
            if events.isEmpty { print("Nobody was seen.") }
        }

        static func line(_ event: RemoteAttendance) -> String {
            let times = "\(event.timesSeen) sighting\(event.timesSeen == 1 ? "" : "s")"
            let place = event.place.isEmpty ? "" : "  \(event.place)"
            return "\(event.at.formatted(.iso8601))  \(event.person.name)\(place)  "
                + "(until \(event.lastSeen.formatted(.iso8601)), \(times), "
                + String(format: "similarity %.2f)", event.similarity)
        }
    }

    struct Note: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Identifies the faces of a photo and notes who was there.",
            discussion: "The server keeps nothing of the photo itself.")

        @Argument(help: "A photo.", completion: .file())
        var photo: String

        @Option(help: "Where it is, as you call it.")
        var place: String?

        @Option(help: "Only the people of this collection, by its number or name; its threshold counts.")
        var collection: String?

        @Option(help: "Seconds in which another sighting is the same event; by default the server's.")
        var window: Int?

        @OptionGroup(title: "Server") var remote: RemoteFlags

        func validate() throws {
            if let window, !(0...86_400).contains(window) {
                throw ValidationError("--window takes seconds from 0 to 86400.")
            }
        }

        func run() throws {
            let client = try remote.client()
            let seen = try client.attend(
                PhotoToSend(photo), place: place, collection: collection.map { try client.collection($0) },
                window: window)
            for face in seen.faces {
                guard let event = face.event else {
                    print("unknown")
                    continue
                }
                print("\(face.name ?? "person_\(face.person ?? 0)")  (\(event.isNew ? "noted" : "noted before"))")
            }
            if seen.faces.isEmpty { print("There is no face on “\(photo)”.") }
        }
    }
}
