public import FaceCore
public import Foundation

/// Why the library could not be opened, read or changed.
public enum FaceStoreError: UserFacingError, Equatable {
    // Opening
    /// The file or its folder cannot be opened or made; the reason is the system's.
    case cannotOpen(path: String, reason: String)
    /// The file is something else than an SQLite database.
    case notADatabase(path: String)
    /// The file is the database of another program.
    case notALibrary(path: String)
    /// A later version of Lik has changed the database; it was left as it is.
    case newerVersion(path: String)

    /// The database server does not let this user in.
    case loginRefused
    /// The database server has no database of the name that was given.
    case noDatabase

    // At any time
    /// The database server is away, or was lost in the middle of the step.
    case unreachable
    case damaged
    case diskFull
    case readOnly
    /// Another process kept the database for longer than the store was willing to wait.
    case locked
    /// The store was closed.
    case closed
    /// The database server is short of memory for what was asked.
    case outOfMemory
    /// Anything else; the detail is for developers and is no part of the message.
    case unexpected(detail: String)

    // Models
    case modelMismatch(library: ModelID, pack: ModelID)
    case dimensionMismatch(expected: Int, found: Int)
    /// A face with numbers that are not finite, or outside of its photo.
    case invalidFace
    /// The embeddings of the library's own model cannot be dropped.
    case modelInUse(ModelID)

    // Search in the database
    /// The database has no search for vectors: the extension is not on the server, or not in the database and this user may
    /// not put it there.
    case vectorSearchMissing(isOnServer: Bool)
    /// The database's index does not take vectors of so many numbers.
    case tooManyNumbers(Int, limit: Int)
    /// People are still being put into the database's index.
    case searchNotReady

    // What is not there
    case unknownPhoto(PhotoID)
    case unknownFace(FaceID)
    case unknownPerson(PersonID)
    case unknownTask(TaskID)

    // Names and people
    case nameIsEmpty
    case nameIsTooLong(length: Int)
    case nameHasControlCharacters
    case mergeWithSelf(PersonID)
    /// The machine wanted to merge two persons of both of whom users had said something (a name above all), or whom users
    /// keep apart.
    case bothAreNamed(PersonID, PersonID)
    case noteIsTooLong(length: Int)
    /// The face belongs to somebody else, or to nobody.
    case faceIsNotHers(FaceID)
    /// The faces are of several people, of nobody, or all that the person has.
    case cannotSplit
    /// The edit names no face, nobody, or what is as it wants it already.
    case emptyEdit

    // Edits by several at once
    /// Somebody else changed these people since the user looked; those of them who are gone are nil.
    case conflict([PersonID: Person?])
    /// It is another entry's turn to be undone or redone; nil when it is none's.
    case journalMoved(turn: JournalEntry.ID?)
    case nothingToUndo
    case nothingToRedo
    /// The draft contradicts what users did since it was computed.
    case staleDraft

    // Collections
    case unknownCollection(CollectionID)
    case collectionNameIsTaken(String)
    /// A similarity or a rate that there cannot be.
    case invalidThreshold

    // Keys
    case unknownKey(KeyID)
    /// A key that was revoked stays so.
    case keyIsRevoked(KeyID)
    /// A key that is not revoked goes by that name.
    case keyNameIsTaken(String)
    /// A key that may do nothing.
    case keyWithoutScope
    /// A key for one collection that may do everything.
    case adminOfCollection

    // Attendance and webhooks
    case unknownEvent(EventID)
    case unknownWebhook(WebhookID)
    case unknownDelivery(DeliveryID)
    case tooManyWebhooks(limit: Int)

    // Tasks
    case taskHasEnded(TaskID)
    /// A task with this id was recorded before.
    case taskExists(TaskID)
    /// The task cannot end before its photos are done.
    case taskHasPhotosLeft(TaskID)
    /// The photo is somebody else's by now, or its task was cancelled.
    case leaseLost

    public var message: String {
        switch self {
        case .cannotOpen(let path, let reason): "The library \(path) cannot be opened: \(reason)."
        case .notADatabase(let path):
            "\(path) is not a library: the file is no database. Name another file with --db."
        case .notALibrary(let path):
            "\(path) is a database of another program, not a library. Name another file with --db."
        case .newerVersion(let path):
            "The library \(path) was written by a newer version of Lik; it was left as it is. Update Lik to open it."
        case .loginRefused:
            "The database server does not accept the user or the password. Check DB_USER and DB_PASSWORD."
        case .noDatabase: "The database server has no database of this name. Make it, or name another with DB_NAME."
        case .unreachable: "The database server cannot be reached. It is tried again."
        case .damaged: "The library's database is damaged. Restore it from a copy."
        case .diskFull: "The disk of the library is full; nothing of this step was stored. Free some space and go on."
        case .readOnly: "The library cannot be written to: its file or folder is read-only."
        case .locked: "The library is in use by another process. Try again when that has finished."
        case .closed: "The library has been closed."
        case .outOfMemory: "The database server has too little memory for this."
        case .vectorSearchMissing(isOnServer: false):
            """
            The database server lacks the extension “vector” (pgvector). Install it there (Debian: \
            postgresql-VERSION-pgvector), or search in memory with LIK_SEARCH=memory.
            """
        case .vectorSearchMissing(isOnServer: true):
            """
            The database lacks the extension “vector”, and this user may not add it. Have the database's owner run CREATE \
            EXTENSION vector, or search in memory with LIK_SEARCH=memory.
            """
        case .tooManyNumbers(let count, let limit):
            """
            The database's index takes embeddings of at most \(limit) numbers; those of the model pack have \(count). \
            Search in memory with LIK_SEARCH=memory.
            """
        case .searchNotReady:
            "People are still being put into the database's index for the search. Try again in a few minutes."
        case .unexpected: "The library's database refused an operation."
        case .modelMismatch(let library, let pack):
            """
            The library holds faces of the model \(library), which cannot be compared with those of \(pack). Choose \
            the pack of the library with --pack, or another library with --db.
            """
        case .dimensionMismatch(let expected, let found):
            "An embedding of \(found) numbers does not fit into a library of embeddings of \(expected) numbers."
        case .invalidFace: "A face has numbers that are not finite, or lies outside of its photo; it was not stored."
        case .modelInUse(let model): "The library's faces are compared by the model \(model); it cannot be dropped."
        case .unknownPhoto(let id): "There is no photo \(id)."
        case .unknownFace(let id): "There is no face \(id)."
        case .unknownPerson(let id): "There is no person \(id)."
        case .unknownTask(let id): "There is no task \(id.uuidString.lowercased())."
        case .nameIsEmpty: "A name must not be empty."
        case .nameIsTooLong(let length):
            "A name has at most \(PersonName.maximumLength) characters; this one has \(length)."
        case .nameHasControlCharacters: "A name must not contain line breaks or other control characters."
        case .mergeWithSelf(let id): "Person \(id) cannot be merged with herself."
        case .bothAreNamed(let first, let second):
            "Only a user can merge the persons \(first) and \(second)."
        case .noteIsTooLong(let length):
            "A note has at most \(PersonDescription.maximumNoteLength) characters; this one has \(length)."
        case .faceIsNotHers(let id): "The face \(id) does not belong to this person."
        case .cannotSplit: "Only some of one person's faces, or faces of nobody, can become another person."
        case .emptyEdit: "There is nothing to change."
        case .conflict: "Somebody else has changed this meanwhile. Look at it again and decide anew."
        case .journalMoved: "Something else was changed meanwhile, so that it is not this step's turn to be taken back."
        case .nothingToUndo: "There is nothing to undo."
        case .nothingToRedo: "There is nothing to redo."
        case .staleDraft: "People were changed since this draft was made. Make a new one."
        case .unknownCollection(let id): "There is no collection \(id)."
        case .collectionNameIsTaken(let name): "There is a collection called “\(name)” already."
        case .invalidThreshold: "A similarity is from -1 to 1, and a false accept rate above 0 and up to 1."
        case .unknownKey(let id): "There is no key \(id)."
        case .keyIsRevoked(let id): "The key \(id) was revoked; make a new one."
        case .keyNameIsTaken(let name): "There is a key called “\(name)” already."
        case .keyWithoutScope: "A key needs something that it may do: read, write, recognise or admin."
        case .adminOfCollection: "A key with the scope admin is for the whole library, not for one collection."
        case .unknownEvent(let id): "There is no event \(id.name)."
        case .unknownWebhook(let id): "There is no webhook \(id)."
        case .unknownDelivery(let id): "There is no delivery \(id.name) of this webhook."
        case .tooManyWebhooks(let limit): "There can be \(limit) webhooks; delete one that is not needed."
        case .taskHasEnded(let id): "The task \(id.uuidString.lowercased()) has ended already."
        case .taskExists(let id): "The task \(id.uuidString.lowercased()) was recorded before."
        case .taskHasPhotosLeft(let id): "The task \(id.uuidString.lowercased()) still has photos to work on."
        case .leaseLost: "The photo is not in the hands of this worker any more."
        }
    }
}

extension FaceStoreError: CustomDebugStringConvertible {
    /// The message, and for unexpected errors what the database said, for developers.
    public var debugDescription: String {
        if case .unexpected(let detail) = self { "\(message) [\(detail)]" } else { message }
    }
}
