import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import Hummingbird

/// CompreFace's subjects and their examples.
struct CompreFaceSubjectRoutes: Sendable {
    let subjects: CompreFaceSubjects
    /// Nil where there are no models.
    let recognition: Recognition?
    let calls: BlockingCalls
    /// Threads that analyse images.
    let analysis: BlockingCalls
    let reception: ProbeReception
    let bodyLimit: Int

    func add(to routes: RouteTable) {
        routes.route(
            "/api/v1/recognition/subjects",
            [
                .get: .read(list).ofCollections, .post: .write(create).ofCollections,
                .delete: .write(deleteAll).ofCollections,
            ])
        routes.route(
            "/api/v1/recognition/subjects/{subject}",
            [.put: .write(rename).ofCollections, .delete: .write(delete).ofCollections])
        routes.route(
            "/api/v1/recognition/faces",
            [
                .get: .read(listExamples).ofCollections, .post: .write(addExample).ofCollections,
                .delete: .write(deleteExamples).ofCollections,
            ])
        routes.route("/api/v1/recognition/faces/delete", [.post: .write(deleteMany).ofCollections])
        routes.route("/api/v1/recognition/faces/{image}", [.delete: .write(deleteExample).ofCollections])
        routes.route("/api/v1/recognition/faces/{image}/img", [.get: .read(image).ofCollections])
    }

    // MARK: Subjects

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let (subjects, grant) = (subjects, context.grant)
        let people = try await calls.run { try subjects.all(grant) }
        return .json { $0.field("subjects", array: people.compactMap(\.name)) { $0.value($1) } }
    }

    @Sendable private func create(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let name = try await subjectName(request)
        let (subjects, grant) = (subjects, context.grant)
        let person = try await calls.run { try subjects.create(name, grant) }
        return .json(status: .created) { $0.field("subject", person.name) }
    }

    @Sendable private func rename(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let newName = try await subjectName(request)
        let name = try Self.subject(of: request)
        let (subjects, grant) = (subjects, context.grant)
        try await calls.run { () throws in try subjects.rename(name, to: newName, grant) }
        return .json { $0.field("updated", true) }
    }

    @Sendable private func delete(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let name = try Self.subject(of: request)
        let (subjects, grant) = (subjects, context.grant)
        try await calls.run { () throws in try subjects.delete(try subjects.subject(name, grant).id, grant) }
        return .json { $0.field("subject", name) }
    }

    @Sendable private func deleteAll(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let (subjects, grant) = (subjects, context.grant)
        let count = try await calls.run {
            let people = try subjects.all(grant)
            for person in people { try subjects.delete(person.id, grant) }
            return people.count
        }
        return .json { $0.field("deleted", count) }
    }

    // MARK: Examples

    @Sendable private func addExample(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let options = try CompreFaceOptions(request)
        guard let name = try QueryParameters(request).text("subject"), !name.isEmpty else {
            throw APIError.missingParameter(name: "subject")
        }
        guard let recognition else { throw APIError.unavailable(part: "model pack") }
        let collection = context.grant.collection
        return try await reception.receiving(request) { form in
            let image = try CompreFaceRoutes.image("file", form)
            return try await analysis.run {
                let enrolment = try recognition.enrol(
                    [EnrolmentPhoto(name: image.name, bytes: image.bytes)], as: .named(name), in: collection,
                    rules: .anySingleFace(minimumScore: options.minimumScore), membersOnly: collection != nil)
                switch enrolment.photos.first?.outcome {
                case .success(let face)?:
                    return .json(status: .created) { json in
                        json.field("image_id", ExampleID(face.id).text)
                        json.field("subject", enrolment.person?.name)
                    }
                case .failure(.noFace)?, nil: throw APIError.compreFace(.noFace)
                case .failure(.severalFaces)?: throw APIError.compreFace(.tooManyFaces)
                case .failure(.badImage(let reason))?: throw APIError.compreFace(.badImage(reason))
                case .failure(let refusal)?: throw APIError.compreFace(.invalid(refusal.message))
                }
            }
        }
    }

    @Sendable private func listExamples(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let page = try query.integer("page", in: 0...Int(Int32.max)) ?? 0
        let size = try query.integer("size", in: 1...1000) ?? 20
        let name = try query.text("subject").flatMap { $0.isEmpty ? nil : $0 }
        let (subjects, grant) = (subjects, context.grant)
        let (examples, total) = try await calls.run {
            try subjects.examples(of: name, page: page, size: size, grant)
        }
        return .json { json in
            json.field("faces", array: examples) { json, example in
                json.object { json in
                    json.field("image_id", example.id.text)
                    json.field("subject", example.subject)
                }
            }
            json.field("page_number", page)
            json.field("page_size", size)
            json.field("total_pages", (total + size - 1) / size)
            json.field("total_elements", total)
        }
    }

    @Sendable private func deleteExamples(
        _ request: Request, _ context: ServerRequestContext
    ) async throws -> Response {
        let name = try QueryParameters(request).text("subject").flatMap { $0.isEmpty ? nil : $0 }
        let (subjects, grant) = (subjects, context.grant)
        let count = try await calls.run { try subjects.deleteExamples(of: name, grant) }
        return .json { $0.field("deleted", count) }
    }

    @Sendable private func deleteExample(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = context.parameters.get("image") ?? ""
        let (subjects, grant) = (subjects, context.grant)
        let example = try await calls.run {
            let example = try subjects.example(id, grant)
            try subjects.delete(example, grant)
            return example
        }
        return .json { $0.writeFields(of: example) }
    }

    /// Ids that mean nothing are passed over.
    @Sendable private func deleteMany(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try await request.body(upTo: bodyLimit)
        guard let ids = try? JSONDecoder().decode([String].self, from: body) else { throw APIError.invalidJSON }
        let (subjects, grant) = (subjects, context.grant)
        let deleted = try await calls.run {
            try ids.compactMap { id -> CompreFaceSubjects.Example? in
                guard let example = try subjects.find(example: id, grant) else { return nil }
                try subjects.delete(example, grant)
                return example
            }
        }
        var writer = JSONWriter()
        writer.array(deleted) { json, example in json.object { $0.writeFields(of: example) } }
        return .json(writer.buffer)
    }

    @Sendable private func image(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = context.parameters.get("image") ?? ""
        let (subjects, grant) = (subjects, context.grant)
        let (picture, file) = try await calls.run {
            let example = try subjects.example(id, grant)
            let photo = try subjects.library.store.photos.photo(example.photo)
            guard let name = photo?.upload?.storedName else { throw APIError.compreFace(.exampleNotFound) }
            var path = name.split(separator: "/").map(String.init)
            // Somebody else may be on the photo, who is none of the collection's.
            if grant.collection != nil { path = [path[0], "face-\(example.face).jpg"] }
            let picture = try subjects.library.pictures.file(at: path, width: nil)
            return (picture, try FileBody(picture.url))
        }
        let fields: HTTPFields = [
            .contentType: picture.contentType, .contentLength: String(file.length),
            .cacheControl: "private, no-cache", .contentSecurityPolicy: "default-src 'none'; sandbox",
        ]
        return Response(
            status: .ok, headers: fields, body: file.responseBody(0..<file.length, calls: calls))
    }

    // MARK: -

    private func subjectName(_ request: Request) async throws -> String {
        let body = try JSONBody(await request.body(upTo: bodyLimit))
        guard let name = try body.text("subject") else { throw APIError.missingParameter(name: "subject") }
        return name
    }

    /// The last part of the path, decoded.
    private static func subject(of request: Request) throws(APIError) -> String {
        let last = request.uri.path.split(separator: "/").last ?? ""
        guard let name = PercentEncoding.decoded(last), !name.isEmpty else {
            throw .missingParameter(name: "subject")
        }
        return name
    }
}

extension JSONWriter {
    fileprivate mutating func writeFields(of example: CompreFaceSubjects.Example) {
        field("image_id", ExampleID(example.face).text)
        field("subject", example.subject)
    }
}
