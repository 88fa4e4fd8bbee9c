import ArgumentParser
import FaceCore
import Foundation

/// The command. Exit codes: 0 all well, 1 something stopped it, 2 bad usage, 3 some files failed and the rest is done.
struct Lik: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lik",
        abstract: "Finds the faces on your photos and who they are.",
        version: Version.current,
        subcommands: [
            ServeCommand.self, ScanCommand.self, PeopleCommand.self, FacesCommand.self, ModelsCommand.self,
            ConfigCommand.self,
            DoctorCommand.self,
        ])
}

enum Version {
    static let current = "0.1.0"
}

@main
enum Main {
    static func main() async {
        // A reader that went away (`lik people | head -1`) ends the command with an error, not with a signal.
        signal(SIGPIPE, SIG_IGN)
        var command: any ParsableCommand
        do {
            command = try Lik.parseAsRoot()
        } catch {
            finish(afterParsing: error)
        }
        do {
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            exit(code.rawValue)
        } catch let error as any UserFacingError {
            Console.error(error.message)
            exit(1)
        } catch {
            finish(afterParsing: error)
        }
    }

    /// Help and version go to standard output with 0; what could not be understood to standard error with 2.
    private static func finish(afterParsing error: any Error) -> Never {
        let text = Lik.fullMessage(for: error)
        if Lik.exitCode(for: error) == .success {
            print(text)
            exit(0)
        }
        FileHandle.standardError.write(Data((text + "\n").utf8))
        exit(Lik.exitCode(for: error) == .validationFailure ? 2 : 1)
    }
}
