import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Hummingbird

/// Recognition as CompreFace's clients ask for it: who is on an image, whether two are one person, where faces are.
///
/// The subjects are the named people of the key's collection, or of the library where the key has none.
struct CompreFaceRoutes: Sendable {
    let subjects: CompreFaceSubjects
    /// Nil where there are no models.
    let recognition: Recognition?
    /// Threads that analyse images.
    let analysis: BlockingCalls
    let reception: ProbeReception

    func add(to routes: RouteTable) {
        routes.route("/api/v1/recognition/recognize", [.post: .recognise(recognize).ofCollections])
        routes.route("/api/v1/recognition/faces/{image}/verify", [.post: .recognise(verifyExample).ofCollections])
        routes.route("/api/v1/detection/detect", [.post: .recognise(detect).ofCollections])
        routes.route("/api/v1/verification/verify", [.post: .recognise(verifyImages).ofCollections])
    }

    @Sendable private func recognize(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let options = try CompreFaceOptions(request)
        let subjects = subjects
        let collection = context.grant.collection
        return try await looking(at: request, context) { form, recognition in
            let scope = try recognition.namedPeople(in: collection)
            let found = try CompreFaceFaces(try Self.image("file", form), options, by: recognition)
            let identified = try recognition.identify(found.faces, limit: options.predictions, in: scope)
            let names = try subjects.names(of: identified.flatMap { $0.candidates.map(\.person) })
            return .json { json in
                json.field("result", array: identified) { json, face in
                    json.object { json in
                        json.writeCompreFace(face.face, of: found)
                        let candidates = face.candidates.filter { names[$0.person] != nil }
                        json.field("subjects", array: candidates) { json, candidate in
                            json.object { json in
                                json.field("subject", names[candidate.person])
                                json.field("similarity", compreFaceSimilarity(candidate.comparison))
                            }
                        }
                    }
                }
                json.writeCompreFaceVersions(found)
            }
        }
    }

    @Sendable private func verifyExample(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let options = try CompreFaceOptions(request)
        let (subjects, grant) = (subjects, context.grant)
        let id = context.parameters.get("image") ?? ""
        return try await looking(at: request, context) { form, recognition in
            let example = try subjects.example(id, grant)
            let found = try CompreFaceFaces(try Self.image("file", form), options, by: recognition)
            let rows = try recognition.verify([example.embedding], found.faces.map(\.embedding))
            return .json { json in
                json.field("result", array: zip(found.faces, rows[0])) { json, match in
                    json.object { json in
                        json.writeCompreFace(match.0, of: found)
                        json.field("subject", example.subject)
                        json.field("similarity", compreFaceSimilarity(match.1))
                    }
                }
                json.writeCompreFaceVersions(found)
            }
        }
    }

    @Sendable private func detect(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let options = try CompreFaceOptions(request)
        return try await looking(at: request, context) { form, recognition in
            let found = try CompreFaceFaces(try Self.image("file", form), options, by: recognition)
            return .json { json in
                json.field("result", array: found.faces) { json, face in
                    json.object { $0.writeCompreFace(face, of: found) }
                }
                json.writeCompreFaceVersions(found)
            }
        }
    }

    @Sendable private func verifyImages(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let options = try CompreFaceOptions(request)
        return try await looking(at: request, context) { form, recognition in
            let source = try CompreFaceFaces(try Self.image("source_image", form), options, by: recognition)
            let face = try source.only()
            let target = try CompreFaceFaces(try Self.image("target_image", form), options, by: recognition)
            let rows = try recognition.verify([face.embedding], target.faces.map(\.embedding))
            return .json { json in
                json.field("result", array: [rows[0]]) { json, row in
                    json.object { json in
                        json.field("source_image_face", object: { $0.writeCompreFace(face, of: source) })
                        json.field("face_matches", array: zip(target.faces, row)) { json, match in
                            json.object { json in
                                json.writeCompreFace(match.0, of: target)
                                json.field("similarity", compreFaceSimilarity(match.1))
                            }
                        }
                        json.writeCompreFaceVersions(target)
                    }
                }
            }
        }
    }

    /// Runs what needs the models on a thread that analyses images.
    private func looking(
        at request: Request, _ context: ServerRequestContext,
        _ work: @escaping @Sendable (ProbeForm, Recognition) throws -> Response
    ) async throws -> Response {
        guard let recognition else { throw APIError.unavailable(part: "model pack") }
        return try await reception.receiving(request) { form in
            try await analysis.run { try work(form, recognition) }
        }
    }

    static func image(_ field: String, _ form: ProbeForm) throws(APIError) -> ProbeForm.Image {
        guard let image = form.images(field).first else { throw .missingParameter(name: field) }
        return image
    }
}
