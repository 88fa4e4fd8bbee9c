public import FaceCore

/// Why a set of photos cannot be used to measure with.
public enum EvaluationError: UserFacingError, Equatable {
    /// The folder has neither labels nor folders that are named after people.
    case noLabels(folder: String)
    case unreadable(file: String, reason: String)
    case notUTF8(file: String)
    /// The line is where the row with the quote begins.
    case unfinishedQuote(file: String, line: Int)
    case missingColumn(String, file: String)
    case repeatedColumn(String, file: String)
    /// No row of the labels can be used; the reason is that of the first.
    case noUsableRow(file: String, first: LabelProblem)
    /// None of the photos can be read; the reason is that of the first.
    case noReadablePhoto(first: String)

    public var message: String {
        switch self {
        case .noLabels(let folder):
            "“\(folder)” has neither a labels.csv nor a folder for each person, so nothing says who is on the photos."
        case .unreadable(let file, let reason): "“\(file)” cannot be read: \(reason)."
        case .notUTF8(let file): "“\(file)” is not UTF-8 text; save it as that."
        case .unfinishedQuote(let file, let line):
            "“\(file)” has a quotation mark in line \(line) that is never closed."
        case .missingColumn(let column, let file):
            "“\(file)” has no column “\(column)”; its first line has to name “file” and “identity” at least."
        case .repeatedColumn(let column, let file): "“\(file)” has the column “\(column)” twice."
        case .noUsableRow(let file, let first):
            "“\(file)” has no row that can be used. Line \(first.line): \(first.reason)"
        case .noReadablePhoto(let first): "None of the photos can be read. The first: \(first)"
        }
    }
}

/// A row of labels that cannot be used; the others are.
public struct LabelProblem: Sendable, Hashable {
    /// In the labels' file, from 1.
    public let line: Int
    /// What is wrong with it, a sentence for people.
    public let reason: String
}
