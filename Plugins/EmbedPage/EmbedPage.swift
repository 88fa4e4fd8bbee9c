import Foundation
import PackagePlugin

/// Puts `web/` and `openapi.yaml` into the program: whatever lies there when it is built, so that a new file, such as a
/// language, needs no mention anywhere.
@main
struct EmbedPage: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let web = root.appending(path: "web")
        // Folders too: they change when a file comes or goes.
        let below = try FileManager.default.subpathsOfDirectory(atPath: web.path(percentEncoded: false))
        let inputs = [root.appending(path: "openapi.yaml"), web] + below.map { web.appending(path: $0) }
        let output = context.pluginWorkDirectoryURL.appending(path: "PageSource+embedded.swift")
        let script = root.appending(path: "scripts/embed-page")
        return [
            .buildCommand(
                displayName: "Embedding the page", executable: URL(filePath: "/bin/sh"),
                arguments: [
                    "-c", "cd \"$0\" && scripts/embed-page \"$1\"", root.path(percentEncoded: false),
                    output.path(percentEncoded: false),
                ],
                inputFiles: inputs + [script], outputFiles: [output])
        ]
    }
}
