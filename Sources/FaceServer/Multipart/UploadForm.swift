package import FaceLibrary
package import FaceStore
package import NIOCore
import Synchronization

/// Where the files of an upload go.
package protocol UploadSink: Sendable {
    func beginFile(displayName: String) throws(LibraryError)
    func append(_ bytes: UnsafeRawBufferPointer) throws(LibraryError)
    func endFile() throws(LibraryError)
}

extension UploadDraft: UploadSink {}

/// The form of an upload while it comes in: parts named `images` go to the sink as they are, small fields are kept,
/// other files are skipped.
///
/// Its calls block on the sink; they come one after the other, on any thread.
package final class UploadForm: Sendable {
    private struct State {
        var parser: MultipartParser
        var part = Part.none
        var fields: [String: String] = [:]
        var partCount = 0
        var fileCount = 0
    }

    /// What becomes of the part that is coming in.
    private enum Part {
        case none
        case file
        case field(name: String, value: [UInt8])
        case skipped
    }

    private let state: Mutex<State>
    private let sink: any UploadSink
    private let filesLimit: Int

    /// The longest field that is no file, in bytes.
    private static let fieldLimit = 1024
    /// Parts that are no photos, at most.
    private static let fieldsLimit = 64

    package init(boundary: MultipartBoundary, filesLimit: Int, sink: any UploadSink) {
        state = Mutex(State(parser: MultipartParser(boundary: boundary)))
        self.filesLimit = filesLimit
        self.sink = sink
    }

    /// Takes the next bytes of the body.
    ///
    /// - Throws: `MultipartError`, `APIError`, `LibraryError`; nothing more may be handed in then.
    package func receive(_ chunk: ByteBuffer) throws {
        try state.withLock { state in
            state.parser.append(chunk)
            while let event = try state.parser.next() {
                switch event {
                case .partBegan(let header): try begin(header, &state)
                case .content(let bytes): try take(bytes, &state)
                case .partEnded: try endPart(&state)
                }
            }
        }
    }

    /// To be called when the body has ended.
    ///
    /// - Returns: what the form asks of the analysis.
    /// - Throws: `MultipartError.incomplete`; `APIError.invalidParameter` for a field that is no number it can be;
    ///   `LibraryError.emptyUpload` when there was no part named `images`.
    package func finish() throws -> AnalysisOverrides {
        try state.withLock { state in
            try state.parser.finish()
            guard state.fileCount > 0 else { throw LibraryError.emptyUpload }
            return AnalysisOverrides(
                minimumSize: try Self.number("min_size", in: state.fields, upTo: .greatestFiniteMagnitude),
                minimumScore: try Self.number("det_thresh", in: state.fields, upTo: 1))
        }
    }

    /// Photos that came in, the one that is coming in included.
    package var fileCount: Int { state.withLock { $0.fileCount } }

    // MARK: - Parts

    private func begin(_ header: PartHeader, _ state: inout State) throws {
        state.partCount += 1
        if header.name == "images", header.fileName != "" {
            guard state.fileCount < filesLimit else { throw LibraryError.tooManyFiles(limit: filesLimit) }
            state.fileCount += 1
            try sink.beginFile(displayName: header.fileName ?? "photo-\(state.fileCount)")
            state.part = .file
            return
        }
        guard state.partCount - state.fileCount <= Self.fieldsLimit else {
            throw APIError.tooManyFields(limit: Self.fieldsLimit)
        }
        state.part = header.fileName == nil ? .field(name: header.name, value: []) : .skipped
    }

    private func take(_ bytes: ByteBuffer, _ state: inout State) throws {
        switch state.part {
        case .file:
            // The closure of `withUnsafeReadableBytes` cannot say what it throws.
            let refusal = bytes.withUnsafeReadableBytes { pointer -> LibraryError? in
                do throws(LibraryError) {
                    try sink.append(pointer)
                    return nil
                } catch { return error }
            }
            if let refusal { throw refusal }
        case .field(let name, let value):
            guard value.count + bytes.readableBytes <= Self.fieldLimit else {
                throw APIError.fieldTooLarge(name: String(name.prefix(64)), limit: Self.fieldLimit)
            }
            state.part = .field(name: name, value: value + Array(bytes.readableBytesView))
        case .none, .skipped: break
        }
    }

    private func endPart(_ state: inout State) throws {
        switch state.part {
        case .file: try sink.endFile()
        case .field(let name, let value):
            if state.fields[name] == nil { state.fields[name] = String(decoding: value, as: UTF8.self) }
        case .none, .skipped: break
        }
        state.part = .none
    }

    private static func number(
        _ name: String, in fields: [String: String], upTo limit: Double
    ) throws(APIError) -> Double? {
        guard let text = fields[name]?.trimmedOfSpaces, !text.isEmpty else { return nil }
        guard let number = Double(text), number >= 0, number <= limit else { throw .invalidParameter(name: name) }
        return number
    }
}
