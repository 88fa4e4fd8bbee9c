import FaceCore
import FaceLibrary
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Takes uploads in: from the body of a request to a task of the library. Nothing is left behind of one that fails.
struct UploadReception: Sendable {
    let library: Library
    let calls: BlockingCalls
    let limits: ServerLimits
    private let bytesReceived: Counter
    private let slots: UploadSlots

    init(library: Library, calls: BlockingCalls, limits: ServerLimits, metrics: MetricsRegistry) {
        self.library = library
        self.calls = calls
        self.limits = limits
        bytesReceived = metrics.counter(.httpBytesReceived)
        slots = UploadSlots(count: limits.uploadsAtOnce)
    }

    /// The task that the upload became, once it is safely stored, and how many files it has.
    ///
    /// - Throws: `APIError`, `LibraryError`, `MultipartError`.
    func receive(_ request: Request) async throws -> (task: TaskID, files: Int) {
        guard let boundary = try request.headers[.contentType].flatMap(MultipartBoundary.init(contentType:)) else {
            throw APIError.wrongMediaType(expected: "multipart/form-data")
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.bytesPerRequest {
            throw LibraryError.uploadTooLarge(limit: limits.bytesPerRequest)
        }
        guard slots.take() else { throw APIError.overloaded }
        defer { slots.giveBack() }

        let library = library
        let draft = try await calls.run { try library.beginUpload() }
        let form = UploadForm(boundary: boundary, filesLimit: limits.filesPerRequest, sink: draft)
        do {
            try await read(request.body, into: form)
            return try await calls.run {
                let overrides = try form.finish()
                return (try library.commit(draft, overrides: overrides), form.fileCount)
            }
        } catch {
            // Removing files blocks too; when not even that gets a thread, letting the draft go removes them.
            try? await calls.run { draft.discard() }
            throw error
        }
    }

    private func read(_ body: RequestBody, into form: UploadForm) async throws {
        let start = ContinuousClock.now
        var received = 0
        do {
            for try await chunk in body {
                received += chunk.readableBytes
                bytesReceived.add(chunk.readableBytes)
                guard received <= limits.bytesPerRequest else {
                    throw LibraryError.uploadTooLarge(limit: limits.bytesPerRequest)
                }
                let lasted = start.duration(to: .now)
                if lasted > .seconds(60), received < Int(lasted.components.seconds) * limits.bytesPerSecond {
                    throw APIError.uploadTooSlow
                }
                try await calls.run { try form.receive(chunk) }
            }
        } catch let error as APIError {
            throw error
        } catch let error as LibraryError {
            throw error
        } catch let error as MultipartError {
            throw error
        } catch {
            // Whatever else it is, the connection is at fault.
            throw APIError.interrupted
        }
    }
}

/// How many uploads may come in at the same time.
private final class UploadSlots: Sendable {
    private let free: Mutex<Int>

    init(count: Int) { free = Mutex(count) }

    func take() -> Bool {
        free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
    }

    func giveBack() { free.withLock { $0 += 1 } }
}
