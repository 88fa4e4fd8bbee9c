import FaceLibrary
import FaceStore
import HTTPTypes
import Hummingbird

extension APIError {
    /// The error that answers whatever was thrown while a request was handled.
    ///
    /// - Parameter error: those that are not known become `.internal`; what they say is for the log only.
    package init(answering error: any Error) {
        switch error {
        case let error as APIError: self = error
        case let error as LibraryError: self = .library(error)
        case let error as FaceStoreError: self = .library(.store(error))
        case let error as MultipartError: self = .multipart(error)
        // The router's, for a path that it does not know.
        case let error as any HTTPResponseError where error.status == .notFound: self = .pathNotFound
        default: self = .internal
        }
    }
}
