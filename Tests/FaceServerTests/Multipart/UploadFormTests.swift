import FaceLibrary
import FaceStore
import HTTPTypes
import NIOCore
import Synchronization
import Testing

@testable import FaceServer

struct UploadFormTests {
    @Test func `Files go to the sink in their order, as they are`() throws {
        let sink = RecordingSink()
        var form = TestForm()
        form.file("a.jpg", [1, 2, 3])
        form.field("min_size", "")
        form.file("b.jpg", [])
        let upload = try self.form(sink)
        for byte in form.body.readableBytesView { try upload.receive(ByteBuffer(bytes: [byte])) }
        #expect(try upload.finish() == AnalysisOverrides())
        #expect(sink.files == ["a.jpg: [1, 2, 3].", "b.jpg: []."])
    }

    @Test func `An image without a file's name counts as well`() throws {
        let sink = RecordingSink()
        let upload = try form(sink)
        var body = ByteBuffer(
            string: "--\(TestForm.boundary)\r\nContent-Disposition: form-data; name=images\r\n\r\nx\r\n")
        body.writeString("--\(TestForm.boundary)--")
        try upload.receive(body)
        _ = try upload.finish()
        #expect(sink.files == ["photo-1: [120]."])
    }

    @Test(arguments: [LibraryError.diskFull, .fileTooLarge(name: "a", limit: 1)])
    func `What the sink refuses ends the upload`(error: LibraryError) throws {
        let upload = try form(RecordingSink(refusal: error))
        var form = TestForm()
        form.file("a.jpg", [1, 2, 3])
        let body = form.body
        #expect(throws: error) { try upload.receive(body) }
        #expect(APIError(answering: LibraryError.diskFull).status.code == 507)
    }

    private func form(_ sink: RecordingSink) throws -> UploadForm {
        UploadForm(boundary: try MultipartBoundary(TestForm.boundary), filesLimit: 10, sink: sink)
    }
}

/// Remembers what it was given.
private final class RecordingSink: UploadSink {
    private struct State {
        var files: [String] = []
        var open: (name: String, bytes: [UInt8])?
    }

    private let state = Mutex(State())
    private let refusal: LibraryError?

    init(refusal: LibraryError? = nil) { self.refusal = refusal }

    var files: [String] { state.withLock { $0.files } }

    func beginFile(displayName: String) throws(LibraryError) {
        state.withLock { $0.open = (displayName, []) }
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(LibraryError) {
        if let refusal { throw refusal }
        let added = Array(bytes)
        state.withLock { $0.open?.bytes += added }
    }

    func endFile() throws(LibraryError) {
        state.withLock { state in
            if let open = state.open { state.files.append("\(open.name): \(open.bytes).") }
            state.open = nil
        }
    }
}
