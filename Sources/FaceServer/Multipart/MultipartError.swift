/// Why a multipart body cannot be read.
package enum MultipartError: Error, Sendable, Equatable {
    /// The content type names no boundary, or one that is longer than 70 characters.
    case noBoundary
    /// The body does not begin with the boundary that its content type names.
    case noDelimiter
    /// A delimiter or the header of a part is not what it must be.
    case malformed
    case headerTooLarge(limit: Int)
    /// The body ended before its last delimiter.
    case incomplete
}
