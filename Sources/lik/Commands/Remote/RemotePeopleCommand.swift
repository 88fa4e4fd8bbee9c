import ArgumentParser
import FaceCore
import LikClient

/// `lik remote people`: who is in a server's library.
struct RemotePeopleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Lists the people of the server, those with most faces first.")

    @Option(help: "Only the people of this collection, by its number or name.")
    var collection: String?

    @Option(help: "At most so many; by default all.")
    var limit: Int?

    @OptionGroup(title: "Server") var remote: RemoteFlags

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1.") }
    }

    func run() throws {
        let client = try remote.client()
        let people = try client.people(
            collection: collection.map { try client.collection($0) }, most: limit ?? .max)
        let width = people.map { String($0.id).count }.max() ?? 1
        for person in people {
            let id = String(repeating: " ", count: width - String(person.id).count) + "\(person.id)"
            print("\(id)  \(person.name)  (\(Count.faces(person.facesCount)))")
        }
        if people.isEmpty { print("There is nobody yet.") }
    }
}
