import FaceCore
import FaceStore
import Foundation

/// An event as one process tells it to the others: JSON, so that two versions of Lik can talk during an update.
struct RelayedEvent: Codable {
    /// Which process tells it: its own messages come back to it.
    var sender: UUID
    var progress: Progress?
    var task: Task?
    /// A task about which there is more to tell than a message should hold.
    var changedTask: TaskID?
    var stats: Stats?

    struct Progress: Codable {
        var task: TaskID
        var current: Int
        var total: Int
        var stage: String
        var percent: Int
    }

    struct Task: Codable {
        var id: TaskID
        var kind: String
        var state: String
        var totalPhotos: Int
        var processedPhotos: Int
        var totalFaces: Int
        var uniquePersons: Int
        var errorMessage: String?
        var errors: [TaskFileError]
        var createdAt: Date
        var completedAt: Date?
    }

    struct Stats: Codable {
        var persons: Int
        var faces: Int
        var unknownFaces: Int
        var tasks: Int
        var photos: Int
    }

    /// Errors of a task beyond which the others look into the store for themselves.
    private static let errorLimit = 50

    init(_ event: LibraryEvent, from sender: UUID) {
        self.sender = sender
        switch event {
        case .progress(let id, let progress):
            self.progress = Progress(
                task: id, current: progress.current, total: progress.total, stage: progress.stage.rawValue,
                percent: progress.percent)
        case .updated(let task) where task.errors.count > Self.errorLimit: changedTask = task.id
        case .updated(let task): self.task = Task(task)
        case .stats(let stats):
            self.stats = Stats(
                persons: stats.persons, faces: stats.faces, unknownFaces: stats.unknownFaces, tasks: stats.tasks,
                photos: stats.photos)
        }
    }

    /// What it tells; nil when another version of Lik tells something that this one does not know.
    var event: LibraryEvent? {
        if let progress {
            return TaskStage(rawValue: progress.stage).map { stage in
                .progress(
                    progress.task,
                    TaskProgressEvent(
                        current: progress.current, total: progress.total, stage: stage, percent: progress.percent))
            }
        }
        if let stats {
            return .stats(
                LibraryStats(
                    persons: stats.persons, faces: stats.faces, unknownFaces: stats.unknownFaces, tasks: stats.tasks,
                    photos: stats.photos))
        }
        return task?.libraryTask.map { .updated($0) }
    }
}

extension RelayedEvent.Task {
    fileprivate init(_ task: LibraryTask) {
        self.init(
            id: task.id, kind: task.kind.rawValue, state: task.state.rawValue,
            totalPhotos: task.progress.totalPhotos, processedPhotos: task.progress.processedPhotos,
            totalFaces: task.progress.totalFaces, uniquePersons: task.uniquePersons, errorMessage: task.errorMessage,
            errors: task.errors, createdAt: task.createdAt, completedAt: task.completedAt)
    }

    fileprivate var libraryTask: LibraryTask? {
        guard let kind = LibraryTask.Kind(rawValue: kind), let state = LibraryTask.State(rawValue: state) else {
            return nil
        }
        return LibraryTask(
            id: id, kind: kind, state: state,
            progress: TaskProgress(
                totalPhotos: totalPhotos, processedPhotos: processedPhotos, totalFaces: totalFaces),
            uniquePersons: uniquePersons, errorMessage: errorMessage, errors: errors, createdAt: createdAt,
            completedAt: completedAt)
    }
}
