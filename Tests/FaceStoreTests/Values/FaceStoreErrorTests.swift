import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct FaceStoreErrorTests {
    private static let all: [FaceStoreError] = [
        .cannotOpen(path: "/x/lik.sqlite", reason: "permission denied"), .notADatabase(path: "/x/lik.sqlite"),
        .notALibrary(path: "/x/lik.sqlite"), .newerVersion(path: "/x/lik.sqlite"), .damaged, .diskFull, .readOnly,
        .locked, .closed, .unexpected(detail: "19: SELECT secret"),
        .modelMismatch(library: Sample.model, pack: Sample.otherModel), .dimensionMismatch(expected: 512, found: 128),
        .invalidFace, .unknownPhoto(PhotoID(1)), .unknownFace(FaceID(1)), .unknownPerson(PersonID(1)),
        .unknownTask(TaskID()), .nameIsEmpty, .nameIsTooLong(length: 300), .nameHasControlCharacters,
        .mergeWithSelf(PersonID(1)), .bothAreNamed(PersonID(1), PersonID(2)), .taskHasEnded(TaskID()),
        .taskExists(TaskID()), .taskHasPhotosLeft(TaskID()), .leaseLost, .modelInUse(Sample.model),
        .noteIsTooLong(length: 10_001), .faceIsNotHers(FaceID(1)), .cannotSplit, .emptyEdit,
        .conflict([PersonID(1): nil]), .journalMoved(turn: nil), .nothingToUndo, .nothingToRedo, .staleDraft,
        .vectorSearchMissing(isOnServer: true), .vectorSearchMissing(isOnServer: false), .searchNotReady, .outOfMemory,
        .tooManyNumbers(4096, limit: 2000),
    ]

    @Test(arguments: all)
    func `An error is said in plain sentences on one line`(error: FaceStoreError) {
        #expect(error.message.hasSuffix(".") && !error.message.contains("\n") && error.message.count > 15)
        #expect(!error.message.contains("SQL") && !error.message.contains("SELECT"))
        #expect(String(describing: error) == error.message)
    }

    @Test func `A pack of another model is told what to do`() {
        let message = FaceStoreError.modelMismatch(library: Sample.model, pack: Sample.otherModel).message
        #expect(message.contains("sample/model") && message.contains("other/model"))
        #expect(message.contains("--pack") && message.contains("--db"))
    }

    @Test func `A limit on names is said with the length that was met`() {
        #expect(FaceStoreError.nameIsTooLong(length: 300).message.contains("255"))
        #expect(FaceStoreError.nameIsTooLong(length: 300).message.contains("300"))
    }
}
