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
            ServeCommand.self, WorkCommand.self, ScanCommand.self, PeopleCommand.self, JournalCommand.self,
            UndoCommand.self, RedoCommand.self, FacesCommand.self, VerifyCommand.self, IdentifyCommand.self,
            ModelsCommand.self, ExportCommand.self, EvaluateCommand.self, ConfigCommand.self, MigrateCommand.self,
            CopyCommand.self, BackupCommand.self, RestoreCommand.self, DoctorCommand.self, KeysCommand.self,
            CollectionsCommand.self, RemoteCommand.self,
        ])
}

enum Version {
    static let current = "0.1.0"
}

@main
enum Main {
    static func main() async {
        // A reader that went away (`lik people | head -1`) must not end the command in the middle of its work.
        signal(SIGPIPE, SIG_IGN)
        var command: any ParsableCommand
        do {
            command = try Lik.parseAsRoot()
        } catch {
            finish(with: error)
        }
        do {
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            finish(0)
        } catch let code as ExitCode {
            finish(code.rawValue)
        } catch let error as any UserFacingError {
            Console.error(error.message)
            finish(1)
        } catch {
            finish(with: error)
        }
    }

    /// Help and version go to standard output with 0; what could not be understood to standard error with 2.
    private static func finish(with error: any Error) -> Never {
        let text = Lik.fullMessage(for: error)
        guard Lik.exitCode(for: error) != .success else {
            print(text)
            finish(0)
        }
        Console.note(text)
        finish(Lik.exitCode(for: error) == .validationFailure ? 2 : 1)
    }

    /// Ends the command; a result that did not reach standard output is a failure, whatever else went well.
    private static func finish(_ status: Int32) -> Never {
        if fflush(nil) != 0, status == 0 || status == 3 {
            // Who closed the other end of a pipe has seen enough and wants no words.
            if errno != EPIPE { Console.error("The result could not be written: \(String(cString: strerror(errno))).") }
            exit(1)
        }
        exit(status)
    }
}
