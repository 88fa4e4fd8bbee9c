public import FaceCore
public import FaceStore
import Foundation

/// Why the library refused something. `code` is what programs go by.
public enum LibraryError: UserFacingError, Equatable {
    // What is not there
    case unknownTask(String)
    case unknownPerson(String)
    case unknownPhoto(String)
    case unknownFace(String)
    /// There is no such question, or it is not asked any more.
    case unknownSuggestion(String)
    case unknownDraft(String)
    case unknownKey(String)
    /// No picture goes by that path.
    case unknownPicture
    /// The picture's photo cannot be decoded; the reason is a sentence.
    case pictureNotDrawn(reason: String)

    // Faces drawn by hand
    /// No pixel of the box lies on the photo.
    case boxOutsidePhoto
    /// The library has a face there.
    case faceExists(String)
    /// Something is asked that needs the models, and they cannot be loaded; the reason is a sentence.
    case noModels(reason: String)

    // Recognition
    /// An image that was sent cannot be read; the reason is a sentence.
    case badImage(reason: String)
    /// An embedding that was sent is none of the library's model; the reason is a sentence.
    case badEmbedding(reason: String)

    /// A collection's threshold is to follow from a false accept rate that was not measured for the model pack.
    case notCalibrated(rate: Double)
    case unknownCollection(String)

    // Attendance and webhooks
    case unknownEvent(String)
    case unknownWebhook(String)
    case unknownDelivery(String)
    /// An address that no webhook can have; the reason is a sentence.
    case badWebhookAddress(reason: String)
    /// An address of this machine or of a private network, where webhooks may not go.
    case refusedWebhookAddress(host: String)

    // Drafts
    /// It is being computed, has failed, or was applied.
    case draftNotReady(String)
    case tooManyDrafts(limit: Int)
    /// A draft's parameter makes no sense; the reason is a sentence.
    case badDraft(reason: String)

    // Exports
    /// None of the person's photos is where it was.
    case noPhotos(String)
    /// An export cannot go on; the reason says what happened, without a full stop.
    case exportInterrupted(reason: String)
    /// Something is where an export was to be written.
    case exportExists(path: String)

    // Uploads
    /// Nothing was uploaded.
    case emptyUpload
    /// A file has more bytes than the limit.
    case fileTooLarge(name: String, limit: Int)
    case tooManyFiles(limit: Int)
    /// All files of the upload together have more bytes than the limit.
    case uploadTooLarge(limit: Int)
    case diskFull
    /// A folder of the library cannot be written to; the reason is the system's.
    case unwritable(path: String, reason: String)
    /// The server is going down and takes nothing more.
    case shuttingDown
    /// Another server has these folders.
    case inUse(path: String)

    /// The library's database refused.
    case store(FaceStoreError)

    /// A stable word for programs.
    public var code: String {
        switch self {
        case .unknownTask: "task_not_found"
        case .unknownPerson: "person_not_found"
        case .unknownPhoto: "photo_not_found"
        case .unknownFace: "face_not_found"
        case .unknownSuggestion: "suggestion_not_found"
        case .unknownDraft: "draft_not_found"
        case .unknownKey: "key_not_found"
        case .unknownPicture: "picture_not_found"
        case .pictureNotDrawn: "picture_not_drawn"
        case .boxOutsidePhoto: "box_outside_photo"
        case .faceExists: "face_exists"
        case .noModels: "no_models"
        case .badImage: "image_invalid"
        case .badEmbedding: "embedding_invalid"
        case .notCalibrated: "not_calibrated"
        case .unknownCollection, .store(.unknownCollection): "collection_not_found"
        case .store(.collectionNameIsTaken): "collection_name_taken"
        case .unknownEvent, .store(.unknownEvent): "event_not_found"
        case .unknownWebhook, .store(.unknownWebhook): "webhook_not_found"
        case .unknownDelivery, .store(.unknownDelivery): "delivery_not_found"
        case .store(.tooManyWebhooks): "too_many_webhooks"
        case .badWebhookAddress: "webhook_address_invalid"
        case .refusedWebhookAddress: "webhook_address_refused"
        case .store(.invalidThreshold): "threshold_invalid"
        case .store(.adminOfCollection): "admin_of_collection"
        case .draftNotReady: "draft_not_ready"
        case .tooManyDrafts: "too_many_drafts"
        case .badDraft: "draft_invalid"
        case .noPhotos: "no_photos"
        case .exportInterrupted: "export_interrupted"
        case .exportExists: "export_exists"
        case .emptyUpload: "no_images"
        case .fileTooLarge: "file_too_large"
        case .tooManyFiles: "too_many_files"
        case .uploadTooLarge: "upload_too_large"
        case .diskFull, .store(.diskFull): "disk_full"
        case .unwritable, .store(.readOnly): "not_writable"
        case .shuttingDown: "shutting_down"
        case .inUse: "in_use"
        case .store(.unknownTask): "task_not_found"
        case .store(.unknownPerson): "person_not_found"
        case .store(.unknownPhoto): "photo_not_found"
        case .store(.unknownFace): "face_not_found"
        case .store(.nameIsEmpty): "name_empty"
        case .store(.nameIsTooLong): "name_too_long"
        case .store(.nameHasControlCharacters): "name_invalid"
        case .store(.noteIsTooLong): "note_too_long"
        case .store(.mergeWithSelf): "merge_with_self"
        case .store(.faceIsNotHers): "face_is_not_hers"
        case .store(.cannotSplit): "cannot_split"
        case .store(.emptyEdit): "empty_edit"
        case .store(.conflict): "conflict"
        case .store(.unknownKey): "key_not_found"
        case .store(.keyIsRevoked): "key_revoked"
        case .store(.keyNameIsTaken): "key_name_taken"
        case .store(.keyWithoutScope): "key_without_scope"
        case .store(.journalMoved): "journal_moved"
        case .store(.nothingToUndo): "nothing_to_undo"
        case .store(.nothingToRedo): "nothing_to_redo"
        case .store(.staleDraft): "draft_stale"
        case .store(.modelMismatch): "model_mismatch"
        case .store(.taskHasEnded): "task_has_ended"
        case .store(.locked): "database_busy"
        case .store(.searchNotReady): "search_not_ready"
        case .store: "database_error"
        }
    }

    public var message: String {
        switch self {
        case .unknownTask(let id): "There is no task \(id)."
        case .unknownPerson(let id): "There is no person \(id)."
        case .unknownPhoto(let id): "There is no photo \(id)."
        case .unknownFace(let id): "There is no face \(id)."
        case .unknownSuggestion(let id): "There is no suggestion \(id)."
        case .notCalibrated(let rate):
            "Which distance gives a false accept rate of \(rate) was not measured for the model pack: run lik evaluate with --calibrate on enough photos, or set a similarity."
        case .unknownCollection(let id): "There is no collection \(id)."
        case .unknownEvent(let id): "There is no event \(id)."
        case .unknownWebhook(let id): "There is no webhook \(id)."
        case .unknownDelivery(let id): "There is no delivery \(id) of this webhook."
        case .badWebhookAddress(let reason): "The webhook's address cannot be used: \(reason)"
        case .refusedWebhookAddress(let host):
            "\(host) is an address of this machine or of a private network, where webhooks go only if LIK_WEBHOOKS_PRIVATE=allow."
        case .unknownKey(let id): "There is no key \(id)."
        case .unknownDraft(let id): "There is no draft \(id)."
        case .unknownPicture: "There is no such picture."
        case .pictureNotDrawn(let reason): "The picture cannot be drawn: \(reason)"
        case .boxOutsidePhoto: "The box lies outside of the photo."
        case .faceExists(let id): "There is a face there already: \(id)."
        case .noModels(let reason): "This needs the models: \(reason)"
        case .badImage(let reason): "The image cannot be used: \(reason)"
        case .badEmbedding(let reason): "The embedding cannot be used: \(reason)"
        case .draftNotReady(let id): "The draft \(id) cannot be applied as it is."
        case .tooManyDrafts(let limit):
            "Only \(limit) drafts can wait at a time. Wait for one to be ready, or drop one."
        case .badDraft(let reason): reason
        case .noPhotos(let id): "There is no photo of person \(id) whose file is still there."
        case .exportInterrupted(let reason): "The export was broken off: \(reason)."
        case .exportExists(let path): "“\(path)” exists already; name a new file, or a new or an empty folder."
        case .emptyUpload: "The upload holds no photos."
        case .fileTooLarge(let name, let limit):
            "The file “\(name)” is too large; the limit is \(Self.words(for: limit)) a file."
        case .tooManyFiles(let limit): "The upload has too many files; the limit is \(limit)."
        case .uploadTooLarge(let limit): "The upload is too large; the limit is \(Self.words(for: limit))."
        case .diskFull: "The server's disk is full; nothing of the upload was kept. Free some space and try again."
        case .unwritable(let path, let reason): "“\(path)” cannot be written to: \(reason)."
        case .shuttingDown: "The server is going down; try again in a moment."
        case .inUse(let path):
            "Another server is using “\(path)”; stop it first, or give this one a LIK_DATA of its own."
        case .store(let error): error.message
        }
    }

    /// What a system call that failed means.
    init(code: Int32, path: String) {
        switch code {
        case ENOSPC, EDQUOT: self = .diskFull
        default: self = .unwritable(path: path, reason: String(cString: strerror(code)))
        }
    }

    private static func words(for bytes: Int) -> String {
        bytes >= 1_000_000 ? "\(bytes / 1_000_000) MB" : "\(bytes) bytes"
    }
}

/// Runs calls of the store, whose errors become the library's.
func storing<Value>(_ body: () throws(FaceStoreError) -> Value) throws(LibraryError) -> Value {
    do { return try body() } catch { throw .store(error) }
}
