/// An error of PostgreSQL or of the way to it.
struct PostgresError: Error, Hashable {
    /// PostgreSQL's code of five characters (appendix A of its manual); empty when the server said nothing.
    var code: String
    var message: String

    /// The connection is of no use any more, or there never was one.
    var isLoss: Bool { code.isEmpty || code.hasPrefix("08") || code.hasPrefix("57P") }

    /// Waiting may help: the server starts, stops, or has too many clients.
    var isPassing: Bool { isLoss || code == "53300" }
}

extension FaceStoreError {
    /// What an error of the server means to a user.
    init(_ error: PostgresError) {
        self =
            switch error.code {
            case "53100": .diskFull
            case "53200": .outOfMemory
            case "25006", "42501": .readOnly
            case "55P03", "40P01", "40001": .locked
            case "XX001", "XX002": .damaged
            case "28P01", "28000": .loginRefused
            case "3D000": .noDatabase
            default: error.isPassing ? .unreachable : .unexpected(detail: "\(error.code): \(error.message)")
            }
    }
}
