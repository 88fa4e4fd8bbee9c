public import FaceCore

/// Edits of people by users, and the way back: each edit is one transaction with one entry in the journal.
///
/// docs/people.md says what each edit does, when it is refused, and what undo means.
public protocol PersonJournal: Sendable {
    /// Carries an edit out.
    ///
    /// - Parameter expected: the revisions that the user saw; people who are not named in it are not checked.
    /// - Throws: `FaceStoreError.conflict` when somebody in `expected` has another revision or is gone, `.unknownPerson`,
    ///   `.unknownFace`, `.unknownPhoto`, `.mergeWithSelf`, `.nameIsEmpty`, `.nameIsTooLong`,
    ///   `.nameHasControlCharacters`, `.noteIsTooLong`, `.faceIsNotHers`, `.cannotSplit`, `.invalidFace`,
    ///   `.modelMismatch`, `.staleDraft`, `.emptyEdit` (it names no face, or changes nothing it could); nothing has
    ///   changed then.
    @discardableResult
    func perform(_ edit: PersonEdit, expecting expected: [PersonID: JournalEntry.ID]) throws(FaceStoreError)
        -> EditResult

    /// Takes the latest entry back that holds.
    ///
    /// - Parameter entry: the one that is expected to be its turn; nil for whichever it is.
    /// - Throws: `FaceStoreError.nothingToUndo`, `.journalMoved` when it is another one's turn.
    @discardableResult
    func undo(_ entry: JournalEntry.ID?) throws(FaceStoreError) -> EditResult

    /// Brings the earliest undone entry back that nothing came after.
    ///
    /// - Throws: `FaceStoreError.nothingToRedo`, `.journalMoved`.
    @discardableResult
    func redo(_ entry: JournalEntry.ID?) throws(FaceStoreError) -> EditResult

    /// Entries, newest first, at most `limit`, after a cursor if one is given.
    func entries(after cursor: PageCursor?, limit: Int) throws(FaceStoreError) -> Page<JournalEntry>

    /// One entry; nil when there is none of that number, or it is too old to be kept.
    func entry(_ id: JournalEntry.ID) throws(FaceStoreError) -> JournalEntry?

    /// What binds the machine by now.
    func constraints() throws(FaceStoreError) -> PersonConstraints

    /// What of that is about some people: which of them are settled, whom they are separated from, and rejections from them
    /// or of their faces.
    func constraints(on people: [PersonID]) throws(FaceStoreError) -> PersonConstraints
}

extension PersonJournal {
    /// Carries an edit out, whatever the people's revisions are.
    @discardableResult
    public func perform(_ edit: PersonEdit) throws(FaceStoreError) -> EditResult { try perform(edit, expecting: [:]) }

    /// Takes the latest entry back that holds.
    @discardableResult
    public func undo() throws(FaceStoreError) -> EditResult { try undo(nil) }

    /// Brings the earliest undone entry back.
    @discardableResult
    public func redo() throws(FaceStoreError) -> EditResult { try redo(nil) }
}
