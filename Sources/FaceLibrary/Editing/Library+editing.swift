public import FaceCore
public import FaceStore
import Synchronization

extension Library {
    /// Carries out what a user wants changed about people. docs/people.md has the rules.
    ///
    /// - Parameter expected: the revisions that the user saw.
    /// - Throws: `LibraryError.store` with what `PersonJournal.perform(_:expecting:)` throws.
    @discardableResult
    public func edit(
        _ edit: PersonEdit, expecting expected: [PersonID: JournalEntry.ID] = [:]
    ) throws(LibraryError) -> EditResult {
        try editing { () throws(FaceStoreError) in try store.journal.perform(edit, expecting: expected) }
    }

    /// Takes back the latest edit that holds.
    ///
    /// - Parameter entry: the edit that is expected to be taken back; nil for whichever it is.
    /// - Throws: `LibraryError.store` with `.nothingToUndo` or `.journalMoved`.
    @discardableResult
    public func undo(_ entry: JournalEntry.ID? = nil) throws(LibraryError) -> EditResult {
        try editing { () throws(FaceStoreError) in try store.journal.undo(entry) }
    }

    /// Brings back the edit that was taken back last.
    ///
    /// - Throws: `LibraryError.store` with `.nothingToRedo` or `.journalMoved`.
    @discardableResult
    public func redo(_ entry: JournalEntry.ID? = nil) throws(LibraryError) -> EditResult {
        try editing { () throws(FaceStoreError) in try store.journal.redo(entry) }
    }

    /// What users changed, newest first.
    public func journal(
        after cursor: PageCursor? = nil, limit: Int = 100
    ) throws(LibraryError) -> Page<JournalEntry> {
        try storing { () throws(FaceStoreError) in try store.journal.entries(after: cursor, limit: limit) }
    }

    private func editing(
        _ change: () throws(FaceStoreError) -> EditResult
    ) throws(LibraryError) -> EditResult {
        let result = try storing(change)
        // Names and boxes are on photos too.
        changed(.people, .photos)
        if result.entry.kind.leavesFacesToNobody {
            groupingIsDue.store(true, ordering: .releasing)
            work.ring()
        }
        if result.entry.kind == .delete { cleaning.ring() }
        statsChanged()
        return result
    }
}

extension JournalEntry.Kind {
    /// Whether faces may be without a person afterwards for whom the machine should look for one.
    fileprivate var leavesFacesToNobody: Bool {
        switch self {
        case .reject, .heed, .addFace, .applyDraft: true
        case .rename, .describe, .merge, .split, .move, .confirm, .ignore, .separate, .delete, .restore: false
        }
    }
}
