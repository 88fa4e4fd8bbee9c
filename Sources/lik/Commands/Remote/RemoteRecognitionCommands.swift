import ArgumentParser
import FaceCore
import LikClient

/// `lik remote identify`: who the people on photos are, by what a server knows.
struct RemoteIdentifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify", abstract: "Tells who is on photos, of the people whom the server knows.",
        discussion: "The server keeps nothing of them. The exit code is 3 when a photo could not be read.")

    @Argument(help: "Photos.", completion: .file())
    var photos: [String]

    @Option(help: "How many people are named for each face.")
    var limit = 1

    @Option(help: "Only the people of this collection, by its number or name; its threshold counts.")
    var collection: String?

    @Option(help: "The largest distance at which a face is somebody; by default the server's.")
    var threshold: Double?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Server") var remote: RemoteFlags

    func validate() throws {
        if photos.isEmpty { throw ValidationError("Name a photo.") }
        if !(1...100).contains(limit) { throw ValidationError("--limit takes a number from 1 to 100.") }
        try RemoteThreshold.check(threshold)
    }

    func run() throws {
        let client = try remote.client()
        let collection = try collection.map { try client.collection($0) }
        var documents: [IdentificationDocument] = []
        for path in photos {
            do {
                let seen = try client.identify(
                    PhotoToSend(path), limit: limit, threshold: threshold, collection: collection)
                documents.append(IdentificationDocument(file: path, error: nil, faces: seen.faces.map { .init($0) }))
            } catch let error as LikClientError where error.isOfThePhoto {
                Console.error("\(path): \(error.message)")
                documents.append(IdentificationDocument(file: path, error: error.message, faces: []))
            }
        }
        if json {
            try print(IdentificationDocument.encoded(documents))
        } else {
            for document in documents where document.error == nil { for line in document.lines { print(line) } }
        }
        if documents.contains(where: { $0.error != nil }) { throw ExitCode(3) }
    }
}

/// `lik remote verify`: whether the faces on two photos are one person, by a server.
struct RemoteVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Tells whether two photos show the same person.",
        discussion: """
            Of several faces the largest counts. The server keeps nothing of them. The exit code is 0 when they are one \
            person and 1 when they are not.
            """)

    @Argument(help: "A photo.", completion: .file())
    var first: String

    @Argument(help: "Another photo.", completion: .file())
    var second: String

    @Option(help: "The largest distance of one person's faces; by default the server's.")
    var threshold: Double?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Server") var remote: RemoteFlags

    func validate() throws { try RemoteThreshold.check(threshold) }

    func run() throws {
        let seen = try remote.client().verify(PhotoToSend(first), PhotoToSend(second), threshold: threshold)
        let document = ComparisonDocument(
            similarity: seen.similarity, distance: seen.distance, threshold: seen.threshold, match: seen.match)
        print(json ? try document.encoded() : document.line)
        if !seen.match { throw ExitCode(1) }
    }
}

enum RemoteThreshold {
    static func check(_ threshold: Double?) throws {
        if let threshold, !(0...2).contains(threshold) {
            throw ValidationError("--threshold takes a distance from 0 to 2.")
        }
    }
}

extension LikClientError {
    /// Whether another photo might do, though this one did not.
    var isOfThePhoto: Bool {
        switch self {
        case .unreadable: true
        case .refused(let status, _, _, _): status == 413 || status == 422
        default: false
        }
    }
}

extension IdentificationDocument.Face {
    init(_ face: RemoteIdentification.Face) {
        self.init(
            box: face.box, person: face.person.map { PersonID($0) }, name: face.name,
            candidates: face.candidates.map {
                IdentificationDocument.Candidate(
                    person: PersonID($0.person), name: $0.name ?? "person_\($0.person)", similarity: $0.similarity,
                    distance: $0.distance, match: $0.match)
            })
    }
}
