public import FaceCore
import Foundation
public import HTTPTransfer

/// Why a server did not do what was asked.
public enum LikClientError: UserFacingError, Equatable {
    /// What was given as the server's address is none.
    case badAddress(String)
    /// No answer came.
    case transfer(HTTPTransferError)
    /// The server refused. `code` is the API's stable word, `retryAfter` in seconds.
    case refused(status: Int, code: String, message: String, retryAfter: Double?)
    /// What came is not the API's.
    case unexpectedAnswer(String)
    /// A photo cannot be read.
    case unreadable(String)
    /// A photo is larger than the server takes.
    case tooLarge(String)
    /// The form with the photos cannot be written into the folder for temporary files.
    case noRoomForForm
    /// The time in which a task was to end is over; it goes on.
    case taskGoesOn(String)
    case unknownCollection(String)

    public var message: String {
        switch self {
        case .badAddress(let text): "“\(text)” is not the address of a server, such as http://127.0.0.1:8080."
        case .transfer(let error): error.message
        case .refused(_, _, let message, _): message
        case .unexpectedAnswer(let address): "What answers at \(address) is not Lik, or of another version."
        case .unreadable(let path): "“\(path)” cannot be read."
        case .tooLarge(let path): "“\(path)” is larger than the server takes."
        case .noRoomForForm: "The photos cannot be put together in the folder for temporary files; is its disk full?"
        case .taskGoesOn(let task): "Task \(task) has not ended yet; it goes on."
        case .unknownCollection(let text): "The server has no collection with the number or the name “\(text)”."
        }
    }

    /// The refusal that a response is.
    static func refusal(_ response: HTTPTransfer.Response) -> LikClientError {
        let told = try? APIDecoding.decoder.decode(Refusal.self, from: Data(response.body))
        return .refused(
            status: response.status, code: told?.code ?? "unknown",
            message: told?.error ?? "The server answered with \(response.status).",
            retryAfter: response.header("Retry-After").flatMap { Double($0) }.flatMap { $0 >= 0 ? min($0, 1e6) : nil })
    }

    private struct Refusal: Decodable {
        let error: String
        let code: String
    }
}
