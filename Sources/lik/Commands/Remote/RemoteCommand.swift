import ArgumentParser
import FaceCore
import Foundation
import LikClient

/// `lik remote`: the library of a server, from another machine.
struct RemoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remote", abstract: "Uses a server over its API, from any machine.",
        discussion: """
            The server is the one that --server or LIK_SERVER names. The key is that of LIK_KEY, or of the file that \
            --key-file or LIK_KEY_FILE names; it is never an argument, which others on this machine could read.
            """,
        subcommands: [
            RemoteUploadCommand.self, RemoteTasksCommand.self, RemoteWatchCommand.self, RemotePeopleCommand.self,
            RemoteIdentifyCommand.self, RemoteVerifyCommand.self, RemoteAttendanceCommand.self,
        ])
}

/// Which server, and with which key.
struct RemoteFlags: ParsableArguments {
    @Option(help: "The server's address; by default LIK_SERVER, else http://127.0.0.1:8080.")
    var server: String?

    @Option(help: "A file with the API key; by default LIK_KEY.", completion: .file())
    var keyFile: String?

    /// - Throws: `SettingsError`, `LikClientError.badAddress`.
    func client() throws -> LikClient {
        var flags: [String: String] = [:]
        if let server { flags[Setting.remoteServer.name] = server }
        if let keyFile {
            guard let text = try? String(contentsOfFile: keyFile, encoding: .utf8) else {
                throw SettingsError.unreadableSecret(keyFile)
            }
            flags[Setting.remoteKey.name] = text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let settings = try Settings(flags: flags)
        return try LikClient(
            address: settings.string(.remoteServer) ?? "", key: settings.string(.remoteKey))
    }
}

extension PhotoToSend {
    /// A photo that was named on the command line.
    init(_ path: String) throws {
        let attributes = try? FileManager.default.attributesOfItem(atPath: Settings.absolute(path))
        guard let size = attributes?[.size] as? Int else { throw LikClientError.unreadable(path) }
        self.init(path: path, name: (path as NSString).lastPathComponent, byteCount: size)
    }
}
