import Foundation

/// A file of `web/`, or `openapi.yaml`, as it was when the program was built.
package struct PageSource: Sendable {
    /// Where it lies in the repository: `web/app.js`.
    package let name: String
    package let bytes: [UInt8]

    /// All of them, in the order of their names; `Plugins/EmbedPage` puts them into the program.
    package static var all: [PageSource] {
        embedded.map { PageSource(name: "\($0.name)", bytes: Array(Data(base64Encoded: "\($0.base64)") ?? Data())) }
    }
}
