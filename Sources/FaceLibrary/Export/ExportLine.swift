import Foundation

/// The JSON of one exported thing.
enum ExportLine {
    static func json(_ value: some Encodable) throws(LibraryError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            // A number that is none, which the library does not take in.
            throw .exportInterrupted(reason: "something in the library cannot be written as JSON")
        }
    }
}
