import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import HTTPTypes
import Hummingbird

/// Who was recognised where and when: events are made from images, listed, exported and deleted.
struct AttendanceRoutes: Sendable {
    let library: Library
    /// Nil where there are no models.
    let recognition: Recognition?
    let calls: BlockingCalls
    /// Threads that analyse images.
    let analysis: BlockingCalls
    let reception: ProbeReception

    private static let placeLength = 200
    /// Seconds; a day.
    private static let longestWindow = 86_400
    /// By how much a sender's clock may be ahead, in seconds.
    private static let clockTolerance: TimeInterval = 60

    func add(to routes: RouteTable) {
        routes.route(
            "/api/attendance", [.get: .read(list).ofCollections, .post: .recognise(attend).ofCollections])
        routes.route("/api/attendance.csv", [.get: .read(table).ofCollections])
        routes.route("/api/attendance/{id}", [.delete: .write(delete).ofCollections])
    }

    // MARK: Sightings

    @Sendable private func attend(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        guard let recognition else { throw APIError.unavailable(part: "model pack") }
        let library = library
        let query = QueryParameters(request)
        return try await reception.receiving(request) { form in
            let images = form.images("image", "images")
            guard let image = images.first else { throw APIError.missingParameter(name: "image") }
            guard images.count == 1 else { throw APIError.tooManyFields(limit: 1) }
            let form = try form.filledUp(
                from: query, fields: ["place", "collection", "at", "window", "threshold", "limit", "det_thresh"])
            let limit = try form.integer("limit", in: 1...100) ?? 5
            let threshold = try form.number("threshold", in: 0...2)
            let score = try form.number("det_thresh", in: 0...1)
            let window = try form.integer("window", in: 0...Self.longestWindow).map { Duration.seconds($0) }
            let place = try Self.place(form.text("place")) ?? ""
            let at = try Self.moment(form.text("at"))
            let collection = try form.collection(for: context.grant)
            let language = context.language
            return try await analysis.run {
                let scope = try collection.map { try recognition.scope(of: $0) }
                let probe = try recognition.faces(on: image.bytes, minimumScore: score)
                let faces = try recognition.identify(probe.faces, limit: limit, threshold: threshold, in: scope)
                var answer = try IdentificationAnswer(probe, faces, of: library)
                answer.events = try faces.map { face in
                    guard let match = answer.match(of: face) else { return nil }
                    return try library.attend(
                        Sighting(
                            person: match.person, collection: collection, place: place, at: at,
                            similarity: match.comparison.similarity), window: window)
                }
                return answer.response(in: language)
            }
        }
    }

    // MARK: Events

    @Sendable private func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let limit = try query.integer("limit", in: 1...1000) ?? 100
        let cursor = try query.cursor()
        let filter = try Self.filter(query, context.grant)
        let library = library
        let page = try await calls.run { try library.attendance(filter, after: cursor, limit: limit) }
        var writer = JSONWriter()
        writer.array(page.elements) { json, event in json.object { $0.writeFields(of: event) } }
        var response = Response.json(writer.buffer)
        if let next = page.next { response.headers[.xNextCursor] = next.description }
        return response
    }

    @Sendable private func table(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = QueryParameters(request)
        let marksEncoding = try query.flag("bom") ?? true
        let filter = try Self.filter(query, context.grant)
        return try await Response.export(
            library.exportAttendance(filter, marksEncoding: marksEncoding), as: "attendance.csv",
            type: "text/csv; charset=utf-8", calls: calls)
    }

    @Sendable private func delete(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let text = context.parameters.get("id") ?? ""
        guard let id = EventID(name: text) else { throw LibraryError.unknownEvent(String(text.prefix(64))) }
        let (library, own) = (library, context.grant.collection)
        try await calls.run { () throws in
            if let own, try library.attendanceEvent(id).collection != own { throw APIError.collectionOnly }
            try library.deleteAttendanceEvent(id)
        }
        return .json { $0.field("message", Sentences(context.language).eventDeleted) }
    }

    // MARK: -

    private static func filter(_ query: QueryParameters, _ grant: Grant) throws(APIError) -> AttendanceFilter {
        var filter = AttendanceFilter()
        filter.from = try query.moment("from")
        filter.to = try query.moment("to", endsDay: true)
        filter.person = try query.id("person")
        filter.collection = try query.id("collection")
        filter.place = try place(query.text("place"))
        if let own = grant.collection {
            guard filter.collection == nil || filter.collection == own else { throw .collectionOnly }
            filter.collection = own
        }
        return filter
    }

    private static func place(_ text: String?) throws(APIError) -> String? {
        guard let place = text?.trimmedOfSpaces else { return nil }
        guard place.unicodeScalars.count <= placeLength,
            !place.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw .invalidParameter(name: "place") }
        return place
    }

    private static func moment(_ text: String?) throws(APIError) -> Date {
        let now = Date()
        guard let text else { return now }
        guard let at = RFC3339.date(from: text), at.timeIntervalSince1970 >= 0,
            at <= now.addingTimeInterval(clockTolerance)
        else { throw .invalidParameter(name: "at") }
        return at
    }
}

extension Library {
    /// The event that a sighting brings or belongs to; nil where its person has gone since she was recognised.
    fileprivate func attend(_ sighting: Sighting, window: Duration?) throws -> AttendanceSighting? {
        do throws(LibraryError) {
            let recorded: (event: AttendanceEvent, isNew: Bool) = try attend(sighting, window: window)
            return AttendanceSighting(id: recorded.event.id, isNew: recorded.isNew)
        } catch {
            if case .store(.unknownPerson) = error { return nil }
            throw error
        }
    }
}

extension JSONWriter {
    fileprivate mutating func writeFields(of event: AttendanceEvent) {
        field("id", event.id.name)
        field(
            "person",
            object: { json in
                json.field("id", event.person)
                json.field("name", event.personName)
            })
        field("collection", event.collection)
        field("place", event.place)
        field("at", event.at)
        field("last_seen", event.lastSeen)
        field("times_seen", event.timesSeen)
        field("similarity", event.similarity)
    }
}
