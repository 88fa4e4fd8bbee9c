import ArgumentParser
import FaceCore
import FaceLibrary
import Foundation
import LikClient

/// `lik remote upload`: photos into a server's library.
struct RemoteUploadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "upload", abstract: "Uploads photos and waits until they have been looked at.",
        discussion: """
            Many photos go in several uploads, one after the other. When this is interrupted, those that were sent are \
            looked at all the same. The exit code is 3 when some files could not be read, or are larger than the server takes.
            """)

    @Argument(help: "Photos, and folders of photos.", completion: .file())
    var paths: [String]

    @Flag(name: .customLong("no-recursive"), help: "Leave out folders within folders.")
    var notRecursive = false

    @Flag(name: .customLong("no-wait"), help: "End as soon as all are on the server's disk.")
    var noWait = false

    @OptionGroup(title: "Server") var remote: RemoteFlags

    func validate() throws {
        if paths.isEmpty { throw ValidationError("Name a photo or a folder.") }
    }

    func run() throws {
        let client = try remote.client()
        var failed = 0
        let files = try PhotoFolder(isRecursive: !notRecursive).photos(in: paths) { error in
            failed += 1
            Console.error(error.message)
        }
        let limits = try files.isEmpty ? RemoteLimits() : client.limits() ?? RemoteLimits()
        var photos: [PhotoToSend] = []
        for file in files {
            do {
                let photo = try PhotoToSend(path: file.path, name: file.name)
                guard limits.allow(photo) else { throw LikClientError.tooLarge(file.path) }
                photos.append(photo)
            } catch let error as LikClientError {
                failed += 1
                Console.error(error.message)
            }
        }
        guard !photos.isEmpty else {
            print("There are no photos to upload.")
            throw failed > 0 ? ExitCode(3) : ExitCode.success
        }
        var tasks: [String] = []
        do {
            try send(photos, within: limits, by: client) { task in
                tasks.append(task)
                if noWait { print(task) }
            }
            if !noWait { failed += try wait(for: tasks, of: photos.count, by: client) }
        } catch {
            // What was sent is not lost: the server goes on with it.
            if !noWait { for task in tasks { Console.error("Sent before: task \(task).") } }
            throw error
        }
        if failed > 0 { throw ExitCode(3) }
    }

    private func send(
        _ photos: [PhotoToSend], within limits: RemoteLimits, by client: LikClient, made: (String) -> Void
    ) throws {
        let bar = ProgressBar(total: photos.count, unit: "photos sent")
        defer { bar.finish() }
        var sent = 0
        for batch in PhotoToSend.batches(of: photos, limits: limits) {
            made(try client.upload(batch).task)
            sent += batch.count
            bar.update(done: sent)
        }
    }

    /// - Returns: how many files could not be looked at.
    private func wait(for tasks: [String], of photos: Int, by client: LikClient) throws -> Int {
        let bar = ProgressBar(total: photos, unit: "photos")
        var done = 0
        var ended: [RemoteTask] = []
        for task in tasks {
            let state = try client.wait(for: task) { state in
                bar.update(done: done + (state.processedImages ?? 0))
                return true
            }
            done += state.totalImages
            ended.append(state)
        }
        bar.finish()
        for task in ended { RemoteTaskLine.tellErrors(of: task) }
        let faces = ended.reduce(0) { $0 + $1.totalFaces }
        print("\(photos) photo\(photos == 1 ? "" : "s"), \(Count.faces(faces))")
        return ended.reduce(0) { $0 + max($1.errors.count, $1.status == "failed" ? 1 : 0) }
    }
}

extension PhotoToSend {
    fileprivate init(path: String, name: String) throws {
        self = try PhotoToSend(path)
        self.name = name
    }
}
