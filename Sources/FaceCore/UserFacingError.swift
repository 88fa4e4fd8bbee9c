/// An error that ends in front of a person: each target's error type conforms.
public protocol UserFacingError: Error, Sendable, CustomStringConvertible {
    /// One sentence that says what is wrong and, where it helps, what to do. No SQL, no internals; a path only when the
    /// reader gave it.
    var message: String { get }
}

extension UserFacingError {
    public var description: String { message }
}
