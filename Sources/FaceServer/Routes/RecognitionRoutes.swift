import FaceCore
import FaceLibrary
import FaceStore
import Hummingbird

/// Faces of images that are sent: where they are, whether two are one person, and who they are. Nothing is kept.
struct RecognitionRoutes: Sendable {
    let library: Library
    /// Nil where there are no models.
    let recognition: Recognition?
    /// Threads that analyse images, so that these keep nobody else waiting.
    let analysis: BlockingCalls
    let reception: ProbeReception

    private static let imagesLimit = 32

    func add(to routes: RouteTable) {
        routes.route(
            "/api/detect", [.post: .recognise { try await faces(of: $0, $1, withEmbeddings: false) }.ofCollections])
        routes.route(
            "/api/embed", [.post: .recognise { try await faces(of: $0, $1, withEmbeddings: true) }.ofCollections])
        routes.route("/api/verify", [.post: .recognise(verify).ofCollections])
        routes.route("/api/identify", [.post: .recognise(identify).ofCollections])
    }

    // MARK: Faces

    @Sendable private func faces(
        of request: Request, _ context: ServerRequestContext, withEmbeddings: Bool
    ) async throws -> Response {
        let recognition = try present()
        return try await reception.receiving(request) { form in
            let images = form.images("image", "images")
            guard !images.isEmpty else { throw APIError.missingParameter(name: "image") }
            guard images.count <= Self.imagesLimit else { throw APIError.tooManyFields(limit: Self.imagesLimit) }
            let score = try form.number("det_thresh", in: 0...1)
            let withAttributes = try form.flag("attributes") ?? false
            var looked: [(name: String, result: Result<ProbeImage, LibraryError>)] = []
            for image in images {
                let result = try await analysis.run { () -> Result<ProbeImage, LibraryError> in
                    do throws(LibraryError) {
                        return .success(
                            try recognition.faces(
                                on: image.bytes, minimumScore: score, attributes: withAttributes))
                    } catch { return .failure(error) }
                }
                // One that is bad does not spoil the others; the only one does.
                if case .failure(let error) = result, images.count == 1 { throw error }
                if case .failure(.noModels(let reason)) = result { throw LibraryError.noModels(reason: reason) }
                looked.append((image.name, result))
            }
            let language = context.language
            let shows = FaceFields(embedding: withEmbeddings, attributes: withAttributes)
            return .json { json in
                json.field("images", array: looked) { json, image in
                    json.object { $0.write(image.name, image.result, shows, language) }
                }
            }
        }
    }

    // MARK: 1:1

    @Sendable private func verify(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let recognition = try present()
        let query = QueryParameters(request)
        return try await reception.receiving(request) { form in
            let wanted = try query.text("faces") ?? form.text("faces") ?? "largest"
            guard ["largest", "all"].contains(wanted) else { throw APIError.invalidParameter(name: "faces") }
            let threshold = try form.number("threshold", in: 0...2)
            let collection = try form.collection(for: context.grant)
            return try await analysis.run {
                // Told before the image is looked at.
                let scope = try collection.map { try recognition.scope(of: $0) }
                let sides = try VerificationSides(form, recognition, takesAll: wanted == "all")
                let pairs = try sides.pairs(by: recognition, threshold: threshold, in: scope)
                return sides.response(pairs)
            }
        }
    }

    // MARK: 1:N

    @Sendable private func identify(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let recognition = try present()
        let library = library
        return try await reception.receiving(request) { form in
            let images = form.images("image", "images")
            guard let image = images.first else { throw APIError.missingParameter(name: "image") }
            guard images.count == 1 else { throw APIError.tooManyFields(limit: 1) }
            let limit = try form.integer("limit", in: 1...100) ?? 5
            let threshold = try form.number("threshold", in: 0...2)
            let score = try form.number("det_thresh", in: 0...1)
            let isKept = try form.flag("store") ?? false
            if isKept { try context.grant.require(.write) }
            let collection = try form.collection(for: context.grant)
            let subject = isKept ? try form.subject() : nil
            let isLimited = context.grant.collection != nil
            // Whoever may see one collection only adds to the library by enrolling into it.
            if isKept, isLimited, subject == nil { throw APIError.missingParameter(name: "name") }
            let language = context.language
            return try await analysis.run {
                let scope = try collection.map { try recognition.scope(of: $0) }
                if isLimited, case .person(let person) = subject, scope?.members.contains(person) != true {
                    throw LibraryError.unknownPerson(person.description)
                }
                let probe = try recognition.faces(on: image.bytes, minimumScore: score)
                let faces = try recognition.identify(probe.faces, limit: limit, threshold: threshold, in: scope)
                var answer = try IdentificationAnswer(probe, faces, of: library)
                if let subject {
                    answer.enrolment = try recognition.enrol(
                        [EnrolmentPhoto(name: image.name, bytes: image.bytes)], as: subject, in: collection,
                        membersOnly: isLimited)
                } else if isKept {
                    answer.task = try library.keep(image)
                }
                return answer.response(in: language)
            }
        }
    }

    private func present() throws(APIError) -> Recognition {
        guard let recognition else { throw .unavailable(part: "model pack") }
        return recognition
    }
}

extension Library {
    /// Takes an image into the library as an upload of one photo.
    fileprivate func keep(_ image: ProbeForm.Image) throws -> TaskID {
        let draft = try beginUpload()
        try draft.beginFile(displayName: image.name)
        try image.bytes.withUnsafeBytes { try draft.append($0) }
        try draft.endFile()
        return try commit(draft)
    }
}

extension JSONWriter {
    fileprivate mutating func write(
        _ name: String, _ result: Result<ProbeImage, LibraryError>, _ shows: FaceFields, _ language: Language
    ) {
        field("file", name)
        switch result {
        case .success(let image):
            field("width", image.width)
            field("height", image.height)
            field("faces", array: image.faces) { json, face in
                json.object { $0.writeFields(of: face, shows) }
            }
            if shows.embedding { field("model", image.faces.first?.embedding.model.rawValue) }
        case .failure(let error):
            field("error", APIError.library(error).sentence(in: language))
            field("code", error.code)
        }
    }
}
