import FaceLibrary
import FaceStore
package import HTTPTypes
import Hummingbird

/// What CompreFace's clients know errors by: a number, and a sentence beside it.
///
/// The numbers are CompreFace's own (`CommonExceptionCode`); 0 stands for whatever has none.
package enum CompreFaceError: Error, Sendable, Hashable {
    case noFace
    case tooManyFaces
    case subjectNotFound(String)
    case subjectExists
    /// There is no example with this id.
    case exampleNotFound
    /// The file cannot be read; a sentence.
    case badImage(String)
    /// A value that there cannot be; a sentence.
    case invalid(String)

    var number: Int {
        switch self {
        case .badImage: 21
        case .invalid: 26
        case .noFace: 28
        case .tooManyFaces: 31
        case .subjectNotFound: 42
        case .subjectExists: 43
        case .exampleNotFound: 44
        }
    }

    package var status: HTTPResponse.Status {
        switch self {
        case .subjectNotFound, .exampleNotFound: .notFound
        case .noFace, .tooManyFaces, .subjectExists, .badImage, .invalid: .badRequest
        }
    }

    package var code: String {
        switch self {
        case .badImage: "image_invalid"
        case .invalid: "invalid_parameter"
        case .noFace: "no_face"
        case .tooManyFaces: "several_faces"
        case .subjectNotFound: "subject_not_found"
        case .subjectExists: "subject_exists"
        case .exampleNotFound: "image_not_found"
        }
    }

    /// In English, as programs may compare it.
    package var message: String {
        switch self {
        case .noFace: "No face is found in the given image"
        case .tooManyFaces: "More than one face in the image"
        case .subjectNotFound(let name): "Subject \(name) not found"
        case .subjectExists: "Subject already exists"
        case .exampleNotFound: "Image not found"
        case .badImage(let sentence), .invalid(let sentence): sentence
        }
    }
}

extension APIError {
    /// The number that CompreFace has for it.
    private var compreFaceNumber: Int {
        switch self {
        case .compreFace(let error): error.number
        case .noFace: 28
        case .keyMissing: 20
        case .keyWrong: 10
        case .library(.badImage): 21
        case .missingParameter: 33
        case .invalidParameter: 36
        case .library(.store(.nameIsEmpty)), .library(.store(.nameIsTooLong)),
            .library(.store(.nameHasControlCharacters)), .bodyTooLarge, .fieldTooLarge:
            26
        default: 0
        }
    }

    /// The answer to a request below `/api/v1/` that failed.
    func compreFaceResponse(in language: Language, requestID: String) -> Response {
        // What is wrong with an image or a value is bad input there.
        let isBadInput = status == .unprocessableContent
        var response = Response.json(status: isBadInput ? .badRequest : status) { json in
            json.field("message", sentence(in: language))
            json.field("code", compreFaceNumber)
            json.field("error_code", code)
            json.field("request_id", requestID)
        }
        for field in headerFields { response.headers[field.name] = field.value }
        return response
    }
}
