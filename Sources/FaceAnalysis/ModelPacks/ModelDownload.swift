import FaceCore
import Foundation

/// Fetches a file over HTTP into a partial file, going on from where an earlier call stopped.
///
/// Whether the bytes are the right ones is for the caller to check by their hash.
struct ModelDownload: Sendable {
    let url: URL
    /// Kept when the download stops on its way.
    let partial: URL
    /// Seconds until the server must have begun to answer.
    var connectTimeout: Double = 7
    /// Seconds that a running download may pause.
    var stallTimeout: Double = 30
    /// How often a connection that is cut after some bytes is taken up again before the call gives up.
    var resumes = 2
    var maximumSize: Int64 = 2 << 30

    /// - Parameter progress: called with the bytes that are there and, when the server says so, those of the whole file.
    /// - Throws: `ModelPackError.unreachable` when no answer with the file came, `.interrupted` when it stopped on its way.
    func run(progress: (Int64, Int64?) -> Void) throws(ModelPackError) {
        var resumesLeft = resumes
        var mayStartAgain = true
        while true {
            let output = try OutputFile(partial, .appending)
            let start = output.size
            let transfer = HTTPTransfer(
                url: url, output: output, maximumSize: maximumSize, connectTimeout: connectTimeout,
                stallTimeout: stallTimeout)
            switch transfer.run(progress: progress) {
            case .complete:
                return
            case .rangeRefused:
                // What is there is not the beginning of what the server has.
                guard mayStartAgain, start > 0 else {
                    throw .unreachable(url: url.absoluteString, reason: "the server does not send the file")
                }
                mayStartAgain = false
                try? FileManager.default.removeItem(at: partial)
            case .failed(let error):
                guard case .interrupted(_, _, let received) = error, received > start, resumesLeft > 0 else {
                    throw error
                }
                resumesLeft -= 1
            }
        }
    }
}
