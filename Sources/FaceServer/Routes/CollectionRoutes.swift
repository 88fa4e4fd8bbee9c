import FaceCore
import FaceLibrary
import FaceStore
import Hummingbird

/// Named sets of people, and how people come into them by photos.
struct CollectionRoutes: Sendable {
    let library: Library
    /// Nil where there are no models.
    let recognition: Recognition?
    let calls: BlockingCalls
    /// Threads that analyse images.
    let analysis: BlockingCalls
    let reception: ProbeReception
    let bodyLimit: Int

    private static let imagesLimit = 32

    func add(to routes: RouteTable) {
        routes.route("/api/collections", [.get: .read(list).ofCollections, .post: .write(create)])
        routes.route(
            "/api/collections/{id}",
            [.get: .read(show).ofCollections, .patch: .write(change), .delete: .write(delete)])
        routes.route(
            "/api/collections/{id}/members", [.get: .read(members).ofCollections, .post: .write(addMembers)])
        routes.route("/api/collections/{id}/members/{person}", [.delete: .write(removeMember).ofCollections])
        routes.route("/api/collections/{id}/enrol", [.post: .write(enrol).ofCollections])
    }

    // MARK: Collections

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let library = library
        let own = context.grant.collection
        let collections = try await calls.run { try library.collections() }
        var writer = JSONWriter()
        writer.array(collections.filter { own == nil || $0.id == own }) { json, collection in
            json.object { $0.writeFields(of: collection) }
        }
        return .json(writer.buffer)
    }

    @Sendable private func create(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let body = try JSONBody(await request.body(upTo: bodyLimit))
        guard let name = try? body.text("name") else { throw APIError.nameMissing }
        let threshold = try Self.threshold(body) ?? .pack
        let library = library
        let collection = try await calls.run { try library.createCollection(name: name, threshold: threshold) }
        return .json { $0.writeFields(of: collection) }
    }

    @Sendable private func show(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let library = library
        let collection = try await calls.run { try library.collection(id) }
        return .json { $0.writeFields(of: collection) }
    }

    /// Changes what the body names and leaves the rest; a threshold of null is the pack's.
    @Sendable private func change(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let body = try JSONBody(await request.body(upTo: bodyLimit))
        let name = try body.text("name")
        let threshold = try Self.threshold(body)
        let library = library
        let collection = try await calls.run {
            try library.changeCollection(id, name: name, threshold: threshold)
        }
        return .json { $0.writeFields(of: collection) }
    }

    @Sendable private func delete(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let library = library
        try await calls.run { () throws in try library.deleteCollection(id) }
        return .json { $0.field("message", Sentences(context.language).collectionDeleted) }
    }

    // MARK: Members

    @Sendable private func members(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let query = QueryParameters(request)
        let limit = try query.integer("limit", in: 1...1000) ?? 100
        let cursor = try query.cursor()
        let library = library
        let page = try await calls.run {
            _ = try library.collection(id)
            return try library.persons(PersonFilter(collection: id), sort: .name, after: cursor, limit: limit)
        }
        var writer = JSONWriter()
        writer.array(page.elements) { $0.write($1) }
        var response = Response.json(writer.buffer)
        if let next = page.next { response.headers[.xNextCursor] = next.description }
        return response
    }

    @Sendable private func addMembers(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let people: [PersonID] = try JSONBody(await request.body(upTo: bodyLimit)).ids("persons")
        let library = library
        let collection = try await calls.run {
            try library.addMembers(people, to: id)
            return try library.collection(id)
        }
        return .json { $0.writeFields(of: collection) }
    }

    @Sendable private func removeMember(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        let person = PersonID(try context.number("person") { .library(.unknownPerson($0)) })
        let library = library
        let collection = try await calls.run {
            guard try library.removeMembers([person], from: id) > 0 else {
                throw LibraryError.unknownPerson(person.description)
            }
            return try library.collection(id)
        }
        return .json { $0.writeFields(of: collection) }
    }

    @Sendable private func enrol(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let id = try Self.id(context)
        guard let recognition else { throw APIError.unavailable(part: "model pack") }
        let isLimited = context.grant.collection != nil
        let language = context.language
        return try await reception.receiving(request) { form in
            let photos = form.images("image", "images").map { EnrolmentPhoto(name: $0.name, bytes: $0.bytes) }
            guard !photos.isEmpty else { throw APIError.missingParameter(name: "images") }
            guard photos.count <= Self.imagesLimit else { throw APIError.tooManyFields(limit: Self.imagesLimit) }
            guard let subject = try form.subject() else { throw APIError.missingParameter(name: "name") }
            return try await analysis.run {
                // A key for one collection takes nobody in from outside.
                if isLimited, case .person(let person) = subject,
                    try !recognition.scope(of: id).members.contains(person)
                {
                    throw LibraryError.unknownPerson(person.description)
                }
                let enrolment = try recognition.enrol(photos, as: subject, in: id, membersOnly: isLimited)
                return .json { $0.writeFields(of: enrolment, in: language) }
            }
        }
    }

    // MARK: -

    private static func threshold(_ body: JSONBody) throws(APIError) -> PersonCollection.Threshold? {
        guard body.has("min_similarity") || body.has("false_accept_rate") else { return nil }
        let similarity = try body.number("min_similarity")
        let rate = try body.number("false_accept_rate")
        switch (similarity, rate) {
        case (nil, nil): return .pack
        case (let similarity?, nil): return .similarity(similarity)
        case (nil, let rate?): return .falseAcceptRate(rate)
        case (_?, _?): throw .invalidParameter(name: "false_accept_rate")
        }
    }

    /// - Throws: `APIError.collectionOnly` for another one than the key's.
    private static func id(_ context: ServerRequestContext) throws(APIError) -> CollectionID {
        let id = CollectionID(try context.number { .library(.unknownCollection($0)) })
        if let own = context.grant.collection, own != id { throw .collectionOnly }
        return id
    }
}

extension ProbeForm {
    /// Whom an enrolment is for: `person` or `name`; nil when neither is there.
    ///
    /// - Throws: `APIError.invalidParameter`.
    func subject() throws(APIError) -> EnrolmentSubject? {
        if let person = try integer("person", in: 1...(1 << 53)) { return .person(PersonID(Int64(person))) }
        return try text("name").map { .named($0) }
    }

    /// The collection that is meant: the key's own where it has one.
    ///
    /// - Throws: `APIError.collectionOnly` for another one than the key's; `.invalidParameter`.
    func collection(for grant: Grant) throws(APIError) -> CollectionID? {
        let named = try integer("collection", in: 1...(1 << 53)).map { CollectionID(Int64($0)) }
        guard let own = grant.collection else { return named }
        guard named == nil || named == own else { throw .collectionOnly }
        return own
    }
}

extension JSONWriter {
    fileprivate mutating func writeFields(of collection: PersonCollection) {
        field("id", collection.id)
        field("name", collection.name)
        name("min_similarity")
        if case .similarity(let value) = collection.threshold { self.value(value) } else { null() }
        name("false_accept_rate")
        if case .falseAcceptRate(let value) = collection.threshold { self.value(value) } else { null() }
        field("persons_count", collection.memberCount)
        field("created_at", collection.createdAt)
        field("updated_at", collection.updatedAt)
    }

    /// Who was enrolled by which photos, and why others were refused.
    mutating func writeFields(of enrolment: Enrolment, in language: Language) {
        field("person_id", enrolment.person?.id)
        field("name", enrolment.person?.displayName)
        field("faces_count", enrolment.person?.faceCount ?? 0)
        field("photos", array: enrolment.photos) { json, photo in
            json.object { json in
                json.field("file", photo.name)
                switch photo.outcome {
                case .success(let face):
                    json.field("face_id", face.id)
                case .failure(let refusal):
                    json.name("face_id")
                    json.null()
                    json.field("code", refusal.code)
                    json.field("error", refusal.sentence(in: language))
                }
            }
        }
    }
}

extension EnrolmentRefusal {
    func sentence(in language: Language) -> String {
        switch language {
        case .english: message
        case .russian:
            switch self {
            case .noFace: "На снимке нет лица."
            case .severalFaces(let count): "Лиц на снимке: \(count); на нём должен быть один человек."
            case .tooSmall(let side, let least): "Лицо слишком мелкое: \(side) пикс., а нужно не меньше \(least)."
            case .tooBlurred: "Лицо слишком нерезкое, чтобы по нему узнавать."
            case .unlike: "Лицо не похоже на другие снимки этого человека."
            case .ofAnother: "Это лицо уже есть в библиотеке, и принадлежит другому человеку."
            case .badImage: "Изображение не читается: нужен файл фотографии, например JPEG, PNG или HEIC."
            }
        }
    }
}
