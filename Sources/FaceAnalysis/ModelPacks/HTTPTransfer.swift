import FaceCore
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One HTTP request whose body is added to a file as it comes.
///
/// The calling thread waits and watches the clock: the session's own timeouts do not tell a server that is not there
/// from one that is slow.
final class HTTPTransfer: Sendable {
    enum Outcome: Sendable {
        case complete
        /// The server cannot go on from where the file ends.
        case rangeRefused
        case failed(ModelPackError)
    }

    private struct State: Sendable {
        var outcome: Outcome?
        /// A body is coming.
        var isReceiving = false
        var received: Int64
        var total: Int64?
        var lastSign = ContinuousClock.now
    }

    private let url: URL
    private let sink: FileSink
    private let offset: Int64
    private let maximumSize: Int64
    private let connectTimeout: Double
    private let stallTimeout: Double
    private let state: Mutex<State>
    private let signal = DispatchSemaphore(value: 0)

    init(
        url: URL, output: sending OutputFile, maximumSize: Int64, connectTimeout: Double, stallTimeout: Double
    ) {
        let size = output.size
        self.url = url
        self.offset = size
        self.maximumSize = maximumSize
        self.connectTimeout = connectTimeout
        self.stallTimeout = stallTimeout
        state = Mutex(State(received: size))
        sink = FileSink(output)
    }

    /// Blocks until the transfer is over, calling `progress` from the calling thread several times a second.
    func run(progress: (Int64, Int64?) -> Void) -> Outcome {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = max(connectTimeout, stallTimeout) * 2
        configuration.urlCache = nil
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 1
        let session = URLSession(
            configuration: configuration, delegate: TransferDelegate(transfer: self), delegateQueue: queue)
        defer { session.invalidateAndCancel() }
        var request = URLRequest(url: url)
        // A compressed body would have other offsets.
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        if offset > 0 { request.setValue("bytes=\(offset)-", forHTTPHeaderField: "Range") }
        session.dataTask(with: request).resume()
        while true {
            _ = signal.wait(timeout: .now() + .milliseconds(200))
            let now = state.withLock { $0 }
            if now.isReceiving { progress(now.received, now.total) }
            if let outcome = now.outcome { return outcome }
            let silence = now.lastSign.duration(to: .now)
            let limit = now.isReceiving ? stallTimeout : connectTimeout
            if silence > .seconds(limit) {
                finish(failure("there was no answer for \(limit.formatted()) seconds"))
            }
        }
    }

    /// Whether the body is wanted.
    fileprivate func receive(_ response: URLResponse) -> Bool {
        guard let response = response as? HTTPURLResponse else {
            finish(failure("the answer is not HTTP"))
            return false
        }
        switch response.statusCode {
        case 200:
            // The server sends the whole file, whatever was asked for.
            if let error = sink.truncate() {
                finish(.failed(error))
                return false
            }
            begin(at: 0, length: response.expectedContentLength)
        case 206:
            guard let range = response.value(forHTTPHeaderField: "Content-Range"), range.hasPrefix("bytes \(offset)-")
            else {
                finish(.rangeRefused)
                return false
            }
            begin(at: offset, length: response.expectedContentLength)
        case 416:
            finish(.rangeRefused)
            return false
        default:
            finish(failure("the server answered with status \(response.statusCode)"))
            return false
        }
        return true
    }

    fileprivate func receive(_ data: Data) {
        guard state.withLock({ $0.outcome == nil }) else { return }
        do throws(ModelPackError) {
            let size = try sink.write(data)
            guard size <= maximumSize else { throw .tooLarge(file: url.lastPathComponent) }
            state.withLock { state in
                state.received = size
                state.lastSign = .now
            }
        } catch {
            finish(.failed(error))
        }
    }

    fileprivate func noteRedirection() {
        state.withLock { $0.lastSign = .now }
    }

    fileprivate func end(with error: (any Error)?) {
        if let error {
            finish(failure(Self.reason(of: error)))
            return
        }
        let (received, total) = state.withLock { ($0.received, $0.total) }
        if let total, received < total {
            finish(failure("the connection was cut"))
        } else if let error = sink.synchronize() {
            finish(.failed(error))
        } else {
            finish(.complete)
        }
    }

    private func begin(at start: Int64, length: Int64) {
        state.withLock { state in
            state.isReceiving = true
            state.received = start
            state.total = length >= 0 ? start + length : nil
            state.lastSign = .now
        }
    }

    /// The first outcome counts; a cancelled task reports an error of its own afterwards.
    private func finish(_ outcome: Outcome) {
        state.withLock { state in
            if state.outcome == nil { state.outcome = outcome }
        }
        signal.signal()
    }

    private func failure(_ reason: String) -> Outcome {
        let now = state.withLock { $0 }
        return .failed(
            now.isReceiving
                ? .interrupted(url: url.absoluteString, reason: reason, received: now.received)
                : .unreachable(url: url.absoluteString, reason: reason))
    }

    private static func reason(of error: any Error) -> String {
        switch (error as? URLError)?.code {
        case .cannotFindHost?, .dnsLookupFailed?: "the server's name is not known here (is there a network?)"
        case .cannotConnectToHost?: "the server does not accept connections"
        case .timedOut?: "there was no answer in time"
        case .secureConnectionFailed?, .serverCertificateUntrusted?, .serverCertificateHasUnknownRoot?,
            .serverCertificateHasBadDate?, .serverCertificateNotYetValid?:
            "no secure connection could be made"
        case .httpTooManyRedirects?: "the server redirects in circles"
        default: "the connection failed or was cut"
        }
    }
}

/// Hands the session's callbacks on to the transfer.
private final class TransferDelegate: NSObject, URLSessionDataDelegate {
    private let transfer: HTTPTransfer

    init(transfer: HTTPTransfer) { self.transfer = transfer }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        transfer.noteRedirection()
        let wasSecure = response.url?.scheme == "https"
        completionHandler(wasSecure && request.url?.scheme != "https" ? nil : request)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        completionHandler(transfer.receive(response) ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        transfer.receive(data)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        transfer.end(with: error)
    }
}

/// The file that the body goes to, shared by the session's queue and the thread that waits.
private final class FileSink: Sendable {
    private let output: Mutex<OutputFile>

    init(_ output: sending OutputFile) { self.output = Mutex(output) }

    /// Adds bytes and gives the file's size back.
    func write(_ data: Data) throws(ModelPackError) -> Int64 {
        let result = output.withLock { output in
            Result { () throws(ModelPackError) in
                try output.write([UInt8](data))
                return output.size
            }
        }
        return try result.get()
    }

    func truncate() -> ModelPackError? {
        output.withLock { output in
            do throws(ModelPackError) {
                try output.truncate()
                return nil
            } catch {
                return error
            }
        }
    }

    func synchronize() -> ModelPackError? {
        output.withLock { output in
            do throws(ModelPackError) {
                try output.synchronize()
                return nil
            } catch {
                return error
            }
        }
    }
}
