import FaceLibrary
import FaceStore

extension APIError {
    /// What is wrong and, where it helps, what to do: one sentence for people.
    package func sentence(in language: Language) -> String {
        switch language {
        case .english: english
        case .russian: russian
        }
    }

    private var english: String {
        switch self {
        case .pathNotFound: "There is nothing at this address."
        case .methodNotAllowed: "This address does not take requests of this method."
        case .invalidParameter(let name): "The value of “\(name)” is not one that is allowed."
        case .missingParameter(let name): "“\(name)” is missing."
        case .bodyTooLarge(let limit): "The request is too large; the limit is \(limit) bytes."
        case .wrongMediaType(let expected): "The request's body has to be \(expected)."
        case .invalidJSON: "The request's body is not the JSON that is expected here."
        case .nameMissing: "“name” has to be a text of 1 to 255 characters."
        case .rangeNotSatisfiable: "The file has no such bytes."
        case .upgradeRequired: "This address speaks WebSocket only."
        case .multipart(.noBoundary): "The request's content type has to name the boundary between its parts."
        case .multipart(.noDelimiter): "The request's body does not begin with the boundary that it names."
        case .multipart(.malformed): "The request's body is not well-formed multipart/form-data."
        case .multipart(.headerTooLarge(let limit)):
            "The header of a part is too long; the limit is \(limit) bytes."
        case .multipart(.incomplete), .interrupted: "The upload ended before all of it was there; nothing was kept."
        case .fieldTooLarge(let name, let limit): "The field “\(name)” is too long; the limit is \(limit) bytes."
        case .tooManyFields(let limit): "The form has too many fields; the limit is \(limit)."
        case .uploadTooSlow: "The upload came in too slowly; nothing was kept."
        case .noFace(let image): "There is no face on “\(image)”."
        case .keyMissing: "This server wants its key: send it as “Authorization: Bearer …” or “X-API-Key: …”."
        case .keyWrong: "This is no key of the server, or not any more."
        case .scopeMissing(let scope): "The key is not for this: it lacks the scope “\(scope.rawValue)”."
        case .collectionOnly: "The key is for one collection only, and this is about more."
        case .rateLimited(let seconds): "The key has made too many requests; the next one is taken in \(seconds) s."
        case .adminKeyFirst: "The first key has to be one with the scope “admin”: without it nobody could make more."
        case .tooManyAttempts: "Too many wrong keys were tried; wait a moment."
        case .foreignOrigin: "Requests from other web sites may not change anything here."
        case .unknownHost: "The server does not go by the name in the request."
        case .overloaded: "The server has too much to do; try again in a moment."
        case .unavailable(let part): "The server's \(part) is not available."
        case .internal: "Something went wrong in the server; its log says more under the request's id."
        case .library(let error): error.message
        case .compreFace(let error): error.message
        }
    }
}
