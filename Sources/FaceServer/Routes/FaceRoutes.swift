import FaceCore
import FaceLibrary
import FaceStore
import Hummingbird

/// What users say of faces: whose they are, whose not, which are of no interest, and which were missed.
struct FaceRoutes: Sendable {
    let library: Library
    let edits: EditAnswers
    let calls: BlockingCalls
    let drawing: FaceDrawing?

    func add(to routes: RouteTable) {
        routes.route("/api/faces/split", [.post: .write(split)])
        routes.route("/api/faces/move", [.post: .write(move)])
        routes.route("/api/faces/reject", [.post: .write(reject)])
        routes.route("/api/faces/confirm", [.post: .write(confirm)])
        routes.route("/api/faces/ignore", [.post: .write(ignore)])
        routes.route("/api/photos/{id}/faces", [.post: .write(draw)])
    }

    @Sendable private func split(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try await edits.body(of: request)
        let name = try body.text("name")
        return try await edits.perform(.split(try body.ids("faces"), name: name), body, context)
    }

    @Sendable private func move(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try await edits.body(of: request)
        guard let person: PersonID = try body.id("person") else { throw APIError.missingParameter(name: "person") }
        return try await edits.perform(.move(try body.ids("faces"), to: person), body, context)
    }

    /// "Not her": without `person` she is whoever the first face belongs to.
    @Sendable private func reject(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try await edits.body(of: request)
        let faces: [FaceID] = try body.ids("faces")
        let named: PersonID? = try body.id("person")
        let library = library
        let person = try await calls.run { () throws -> PersonID in
            if let named { return named }
            guard let face = try library.store.faces.face(faces[0]) else {
                throw LibraryError.unknownFace(faces[0].description)
            }
            guard let owner = face.person else { throw LibraryError.store(.faceIsNotHers(faces[0])) }
            return owner
        }
        return try await edits.perform(.reject(faces, from: person), body, context)
    }

    @Sendable private func confirm(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try await edits.body(of: request)
        return try await edits.perform(.confirm(try body.ids("faces")), body, context)
    }

    @Sendable private func ignore(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try await edits.body(of: request)
        let faces: [FaceID] = try body.ids("faces")
        let isIgnored = try body.flag("ignored") ?? true
        return try await edits.perform(isIgnored ? .ignore(faces) : .heed(faces), body, context)
    }

    @Sendable private func draw(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let photo = PhotoID(try context.number { .library(.unknownPhoto($0)) })
        let body = try await edits.body(of: request)
        let person: PersonID? = try body.id("person")
        let box = BoundingBox(
            x: try Self.side("x", body), y: try Self.side("y", body), width: try Self.side("width", body, from: 1),
            height: try Self.side("height", body, from: 1))
        guard let drawing else { throw APIError.unavailable(part: "model pack") }
        let result = try await calls.run { try drawing.add(box, on: photo, person: person) }
        return edits.answer(result, context)
    }

    private static func side(_ name: String, _ body: JSONBody, from least: Double = -1_000_000) throws(APIError)
        -> Double
    {
        guard let number = try body.number(name) else { throw .missingParameter(name: name) }
        guard (least...1_000_000).contains(number) else { throw .invalidParameter(name: name) }
        return number
    }
}
