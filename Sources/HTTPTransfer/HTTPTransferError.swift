public import FaceCore

/// Why a request to another server brought no answer. Answers of any status are none of these.
public enum HTTPTransferError: UserFacingError, Equatable {
    /// libcurl is not installed.
    case libraryMissing
    /// The address is no http or https address.
    case badURL
    /// The host's addresses are all of this machine or a private network, where requests may not go.
    case refusedAddress(host: String)
    /// The address begins with http://, where only https:// is allowed.
    case notEncrypted(host: String)
    /// The host has no address, or nothing answers there.
    case unreachable(host: String)
    /// The time that a request may take ran out.
    case tooSlow(host: String)
    /// The answer is longer than was asked for.
    case answerTooLarge(host: String)
    /// The host could not prove that it is the one.
    case badCertificate(host: String)
    /// The connection broke off, or what came was no HTTP.
    case interrupted(host: String)
    /// The file that was to be sent cannot be read.
    case bodyUnreadable

    public var message: String {
        switch self {
        case .libraryMissing: "Requests to other servers need the library libcurl, which is not installed (libcurl4)."
        case .badURL: "This is not an address that begins with http:// or https://."
        case .refusedAddress(let host):
            "\(host) is an address of this machine or of a private network, where requests may not go."
        case .notEncrypted(let host): "\(host) would be reached without encryption, where only https:// is allowed."
        case .unreachable(let host): "\(host) cannot be reached."
        case .tooSlow(let host): "\(host) took too long to answer."
        case .answerTooLarge(let host): "The answer of \(host) is too long."
        case .badCertificate(let host): "The certificate of \(host) is not to be trusted."
        case .interrupted(let host): "The connection with \(host) broke off."
        case .bodyUnreadable: "The file to send cannot be read."
        }
    }

    /// Whether the same request may succeed later.
    public var mayPass: Bool {
        switch self {
        case .unreachable, .tooSlow, .interrupted: true
        case .libraryMissing, .badURL, .refusedAddress, .notEncrypted, .answerTooLarge, .badCertificate,
            .bodyUnreadable:
            false
        }
    }
}
