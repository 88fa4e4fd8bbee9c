import Foundation
import HTTPTypes
import Hummingbird

extension Request {
    /// All of a small body.
    ///
    /// - Throws: `APIError.bodyTooLarge`; `.interrupted` when the connection ended before the body did.
    func body(upTo limit: Int) async throws(APIError) -> Data {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw .bodyTooLarge(limit: limit)
        }
        var data = Data()
        do {
            for try await chunk in body {
                data.append(contentsOf: chunk.readableBytesView)
                if data.count > limit { throw APIError.bodyTooLarge(limit: limit) }
            }
        } catch let error as APIError {
            throw error
        } catch {
            throw .interrupted
        }
        return data
    }
}
