import ArgumentParser
import FaceCore
import Foundation
import LikClient

/// `lik remote tasks`: what a server works on, and worked on.
struct RemoteTasksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks", abstract: "Lists the server's tasks, newest first.")

    @Flag(help: "Only those in work.")
    var inWork = false

    @Option(help: "At most so many.")
    var limit = 20

    @OptionGroup(title: "Server") var remote: RemoteFlags

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a number from 1.") }
    }

    func run() throws {
        let tasks = try remote.client().tasks(status: inWork ? "processing" : nil, most: limit)
        for task in tasks { print(RemoteTaskLine.text(task)) }
        if tasks.isEmpty { print(inWork ? "There is no task in work." : "There are no tasks.") }
    }
}

/// `lik remote watch`: how a task goes on.
struct RemoteWatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Shows how a task goes on, until it has ended.",
        discussion:
            "Without a task, the newest in work. The exit code is 1 when it failed, 3 when some of its files did.")

    @Argument(help: "The task.")
    var task: String?

    @OptionGroup(title: "Server") var remote: RemoteFlags

    func run() throws {
        let client = try remote.client()
        guard let id = try task ?? client.tasks(status: "processing", most: 1).first?.id else {
            return print("There is no task in work.")
        }
        let bar = ProgressBar(total: 0, unit: "photos")
        let state = try client.wait(for: id) { state in
            bar.update(done: state.processedImages ?? 0, total: state.totalImages)
            return true
        }
        bar.finish()
        RemoteTaskLine.tellErrors(of: state)
        print(RemoteTaskLine.text(state))
        if state.status == "failed" { throw ExitCode(1) }
        if !state.errors.isEmpty { throw ExitCode(3) }
    }
}

/// A task in words.
enum RemoteTaskLine {
    static func text(_ task: RemoteTask) -> String {
        let photos = "\(task.processedImages ?? task.totalImages)/\(task.totalImages) photos"
        let reason = task.errorMessage.map { ": \($0)" } ?? ""
        let when = task.createdAt.formatted(.iso8601)
        return "\(task.id)  \(when)  \(task.status)\(reason)  (\(photos), \(Count.faces(task.totalFaces)))"
    }

    static func tellErrors(of task: RemoteTask) {
        for file in task.errors { Console.error("\(file.file): \(file.error)") }
        if task.errors.isEmpty, let reason = task.errorMessage { Console.error(reason) }
    }
}
