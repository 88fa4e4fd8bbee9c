import ArgumentParser
import Foundation
import Hummingbird

/// Answers fixed paths with the bytes of fixed files: what Hummingbird itself takes for an answer, for `bench/server` to
/// compare Lik's answers with.
@main
struct BareServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bare-server", abstract: "Serves the bytes of files on a port of the loopback.")

    @Option(help: "The port on 127.0.0.1.")
    var port: Int

    @Argument(help: ArgumentHelp("A path and the JSON file that it is answered with.", valueName: "path=file"))
    var routes: [String]

    func run() async throws {
        let router = Router()
        for route in routes {
            guard let separator = route.firstIndex(of: "=") else {
                throw ValidationError("“\(route)” is no PATH=FILE.")
            }
            let file = String(route[route.index(after: separator)...])
            let bytes = ByteBuffer(bytes: try Data(contentsOf: URL(filePath: file)))
            router.get(RouterPath(String(route[..<separator]))) { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: "application/json; charset=utf-8"],
                    body: ResponseBody(byteBuffer: bytes)
                )
            }
        }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)))
        try await application.runService()
    }
}
