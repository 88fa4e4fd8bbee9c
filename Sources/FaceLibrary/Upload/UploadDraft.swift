public import FaceCore
import FaceStore
public import Foundation
import Synchronization

/// An upload on its way in: files stream to `incoming/` and are hashed on the way. Nothing of it is in the library until
/// `Library.commit(_:overrides:)`; a draft that is let go before removes what it wrote.
///
/// Made for one request, whose calls come one after the other, on any thread.
public final class UploadDraft: Sendable {
    /// The task that the upload will be.
    public let id: TaskID
    let folder: URL
    private let limits: LibraryLimits
    private let state = Mutex(State())

    private struct State {
        var current: IncomingFile?
        var files: [QueuedFile] = []
        /// Files that were begun, those that failed included.
        var begun = 0
        var bytes = 0
        var isClosed = false
    }

    /// - Throws: `LibraryError.diskFull`, `.unwritable`.
    init(incoming: URL, limits: LibraryLimits) throws(LibraryError) {
        id = TaskID()
        folder = incoming.appendingPathComponent(id.name, isDirectory: true)
        self.limits = limits
        guard mkdir(folder.path, 0o700) == 0 else { throw LibraryError(code: errno, path: folder.path) }
    }

    deinit { discard() }

    /// Files that came in whole, photos and others.
    public var fileCount: Int { state.withLock { $0.files.count } }

    /// Bytes that came in.
    public var byteCount: Int { state.withLock { $0.bytes } }

    /// Begins the next file; one that is still open is ended.
    ///
    /// - Parameter displayName: as the user named it; kept to be shown and never used as a path.
    /// - Throws: `LibraryError.tooManyFiles`, `.diskFull`, `.unwritable`.
    public func beginFile(displayName: String) throws(LibraryError) {
        try state.withLock { (state) throws(LibraryError) in
            try end(&state)
            guard state.begun < limits.filesPerUpload else { throw .tooManyFiles(limit: limits.filesPerUpload) }
            state.begun += 1
            state.current = try IncomingFile(
                displayName: Self.cleaned(displayName), at: folder.appendingPathComponent("\(state.begun).part"))
        }
    }

    /// Writes the next bytes of the open file.
    ///
    /// - Throws: `LibraryError.fileTooLarge` (the file is dropped, others may follow), `.uploadTooLarge`, `.diskFull`,
    ///   `.unwritable`.
    public func append(_ bytes: UnsafeRawBufferPointer) throws(LibraryError) {
        try state.withLock { (state) throws(LibraryError) in
            guard let name = state.current?.displayName, let size = state.current?.byteCount else { return }
            state.bytes += bytes.count
            do throws(LibraryError) {
                guard state.bytes <= limits.bytesPerUpload else { throw .uploadTooLarge(limit: limits.bytesPerUpload) }
                guard size + bytes.count <= limits.bytesPerFile else {
                    throw .fileTooLarge(name: name, limit: limits.bytesPerFile)
                }
                try state.current?.append(bytes)
            } catch {
                state.current?.discard()
                state.current = nil
                throw error
            }
        }
    }

    /// Ends the open file; without one nothing happens.
    ///
    /// - Throws: `LibraryError.diskFull`, `.unwritable`.
    public func endFile() throws(LibraryError) {
        try state.withLock { (state) throws(LibraryError) in try end(&state) }
    }

    /// Drops the open file, as for a part that was cut off; without one nothing happens.
    public func dropFile() {
        state.withLock { state in
            state.current?.discard()
            state.current = nil
        }
    }

    /// Removes everything that came in. After a commit nothing happens.
    public func discard() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            state.current?.discard()
            state.current = nil
            state.files = []
            try? FileManager.default.removeItem(at: folder)
        }
    }

    /// Ends the last file and hands over all of them; the draft takes nothing more and leaves its folder alone.
    func close() throws(LibraryError) -> [QueuedFile] {
        try state.withLock { (state) throws(LibraryError) in
            try end(&state)
            guard !state.files.isEmpty, !state.isClosed else { throw .emptyUpload }
            state.isClosed = true
            return state.files
        }
    }

    private func end(_ state: inout State) throws(LibraryError) {
        guard let file = state.current else { return }
        state.current = nil
        state.files.append(try file.finish(as: Self.number(state.begun), of: id))
    }

    /// Four digits at least, so that files are listed in their order.
    private static func number(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// The last part of a path, without control characters, of a length that can be shown.
    static func cleaned(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let visible = String(String.UnicodeScalarView(last.unicodeScalars.filter { !$0.isControlOrFormat }))
        let trimmed = visible.trimmingCharacters(in: .whitespaces)
        return trimmed.isEmpty ? "photo" : String(trimmed.prefix(255))
    }
}

extension Unicode.Scalar {
    /// Control characters, and those that turn the direction of the text around them.
    fileprivate var isControlOrFormat: Bool {
        properties.generalCategory == .control || (0x202A...0x202E).contains(value)
            || (0x2066...0x2069).contains(value)
    }
}
