package import FaceLibrary
package import FaceStore
package import HTTPTypes

/// Why a request is answered with an error: everything that the server says no to, in one place.
package enum APIError: Error, Sendable, Equatable {
    // The request
    case pathNotFound
    case methodNotAllowed(allowed: [HTTPRequest.Method])
    /// A parameter of the query, the path or a form has a value that it cannot have.
    case invalidParameter(name: String)
    case missingParameter(name: String)
    case bodyTooLarge(limit: Int)
    case wrongMediaType(expected: String)
    case invalidJSON
    case nameMissing
    /// What a condition or range in the header asks for cannot be had; the length is the whole representation's.
    case rangeNotSatisfiable(length: Int)
    case upgradeRequired

    // Uploads
    case multipart(MultipartError)
    /// The connection ended before the body did.
    case interrupted
    case fieldTooLarge(name: String, limit: Int)
    case tooManyFields(limit: Int)
    /// Fewer bytes came than a working connection brings.
    case uploadTooSlow

    // Recognition
    /// An image shows no face where one is wanted.
    case noFace(image: String)

    // Access
    case keyMissing
    case keyWrong
    /// The key is not for this.
    case scopeMissing(KeyScope)
    /// The key is for one collection, and this is about more.
    case collectionOnly
    /// The key has made as many requests as it may; seconds until it may make the next one.
    case rateLimited(retryAfter: Int)
    /// The first key of a server that stands open would shut everybody out.
    case adminKeyFirst
    case tooManyAttempts
    case foreignOrigin
    case unknownHost

    // The server
    /// More requests are waiting than the server takes.
    case overloaded
    /// A part that the server needs is down.
    case unavailable(part: String)
    case `internal`

    case library(LibraryError)
    /// What only CompreFace's clients are told.
    case compreFace(CompreFaceError)
}

extension APIError {
    package var status: HTTPResponse.Status {
        switch self {
        case .pathNotFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .invalidParameter, .missingParameter, .invalidJSON, .nameMissing: .badRequest
        case .bodyTooLarge, .fieldTooLarge, .tooManyFields: .contentTooLarge
        case .wrongMediaType: .unsupportedMediaType
        case .rangeNotSatisfiable: .rangeNotSatisfiable
        case .upgradeRequired: .upgradeRequired
        case .multipart, .interrupted, .uploadTooSlow: .badRequest
        case .noFace: .unprocessableContent
        case .keyMissing, .keyWrong: .unauthorized
        case .tooManyAttempts, .rateLimited: .tooManyRequests
        case .foreignOrigin, .unknownHost, .scopeMissing, .collectionOnly: .forbidden
        case .adminKeyFirst: .conflict
        case .overloaded, .unavailable: .serviceUnavailable
        case .internal: .internalServerError
        case .library(let error): error.status
        case .compreFace(let error): error.status
        }
    }

    /// A word that programs go by; it stays when the sentence changes.
    package var code: String {
        switch self {
        case .pathNotFound: "not_found"
        case .methodNotAllowed: "method_not_allowed"
        case .invalidParameter: "invalid_parameter"
        case .missingParameter: "missing_parameter"
        case .bodyTooLarge: "body_too_large"
        case .wrongMediaType: "unsupported_media_type"
        case .invalidJSON: "invalid_json"
        case .nameMissing: "name_missing"
        case .rangeNotSatisfiable: "range_not_satisfiable"
        case .upgradeRequired: "upgrade_required"
        case .multipart(.incomplete), .interrupted: "upload_incomplete"
        case .multipart: "invalid_multipart"
        case .fieldTooLarge: "field_too_large"
        case .tooManyFields: "too_many_fields"
        case .uploadTooSlow: "upload_too_slow"
        case .noFace: "no_face"
        case .keyMissing: "key_missing"
        case .keyWrong: "key_wrong"
        case .scopeMissing: "scope_missing"
        case .collectionOnly: "collection_only"
        case .rateLimited: "rate_limited"
        case .adminKeyFirst: "admin_key_first"
        case .tooManyAttempts: "too_many_attempts"
        case .foreignOrigin: "foreign_origin"
        case .unknownHost: "unknown_host"
        case .overloaded: "overloaded"
        case .unavailable: "unavailable"
        case .internal: "internal_error"
        case .library(let error): error.code
        case .compreFace(let error): error.code
        }
    }

    /// Fields that go with the answer besides those of every error.
    package var headerFields: HTTPFields {
        switch self {
        case .methodNotAllowed(let allowed): [.allow: allowed.map(\.rawValue).joined(separator: ", ")]
        case .keyMissing, .keyWrong: [.wwwAuthenticate: "Bearer"]
        case .rangeNotSatisfiable(let length): [.contentRange: "bytes */\(length)"]
        case .rateLimited(let seconds): [.retryAfter: String(seconds)]
        case .upgradeRequired: [.upgrade: "websocket", .connection: "upgrade"]
        case .tooManyAttempts, .overloaded, .unavailable, .library(.shuttingDown), .library(.store(.searchNotReady)):
            [.retryAfter: "5"]
        default: [:]
        }
    }
}

extension LibraryError {
    /// The HTTP status of a request that the library refused.
    var status: HTTPResponse.Status {
        switch self {
        case .unknownTask, .unknownPerson, .unknownPhoto, .unknownFace, .unknownPicture, .noPhotos: .notFound
        case .unknownSuggestion, .unknownDraft, .unknownKey: .notFound
        case .draftNotReady, .tooManyDrafts: .conflict
        case .badDraft: .badRequest
        case .store(.unknownTask), .store(.unknownPerson), .store(.unknownPhoto), .store(.unknownFace): .notFound
        case .emptyUpload: .badRequest
        case .store(.nameIsEmpty), .store(.nameIsTooLong), .store(.nameHasControlCharacters): .badRequest
        case .store(.taskHasEnded): .conflict
        case .store(.mergeWithSelf), .store(.bothAreNamed), .store(.faceIsNotHers), .store(.cannotSplit): .conflict
        case .store(.conflict), .store(.journalMoved), .store(.nothingToUndo), .store(.nothingToRedo): .conflict
        case .store(.staleDraft), .store(.modelMismatch), .faceExists: .conflict
        case .store(.unknownKey), .store(.unknownCollection), .unknownCollection: .notFound
        case .unknownEvent, .unknownWebhook, .unknownDelivery: .notFound
        case .store(.unknownEvent), .store(.unknownWebhook), .store(.unknownDelivery): .notFound
        case .badWebhookAddress, .refusedWebhookAddress: .badRequest
        case .store(.tooManyWebhooks): .conflict
        case .store(.collectionNameIsTaken), .notCalibrated: .conflict
        case .store(.invalidThreshold), .store(.adminOfCollection): .badRequest
        case .store(.keyIsRevoked), .store(.keyNameIsTaken): .conflict
        case .store(.keyWithoutScope): .badRequest
        case .store(.noteIsTooLong), .store(.emptyEdit), .boxOutsidePhoto: .badRequest
        case .exportInterrupted, .exportExists: .conflict
        case .pictureNotDrawn, .badImage, .badEmbedding: .unprocessableContent
        case .noModels: .serviceUnavailable
        case .fileTooLarge, .tooManyFiles, .uploadTooLarge: .contentTooLarge
        case .diskFull, .store(.diskFull): HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .unwritable, .shuttingDown, .inUse: .serviceUnavailable
        case .store(.readOnly), .store(.locked), .store(.closed), .store(.damaged), .store(.cannotOpen),
            .store(.unreachable), .store(.loginRefused), .store(.noDatabase), .store(.searchNotReady),
            .store(.vectorSearchMissing), .store(.outOfMemory):
            .serviceUnavailable
        case .store: .internalServerError
        }
    }
}
