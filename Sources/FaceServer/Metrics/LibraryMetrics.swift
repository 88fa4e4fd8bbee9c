import FaceCache
public import FaceLibrary
public import FaceStore
import Foundation
import Synchronization

/// Counts and times what the workers do.
public struct LibraryMetrics: WorkObserver {
    private let metrics: MetricsRegistry
    private let stages: [PhotoStage: Histogram]
    private let photos: Histogram
    private let faces: Counter

    public init(_ metrics: MetricsRegistry) {
        self.metrics = metrics
        stages = Dictionary(
            uniqueKeysWithValues: PhotoStage.allCases.map {
                ($0, metrics.histogram(.stageDuration, [$0.rawValue]))
            })
        photos = metrics.histogram(.photoDuration)
        faces = metrics.counter(.facesFound)
        for outcome in DoneOutcome.allCases { metrics.add(.photosProcessed, outcome.rawValue, by: 0) }
        for state in LibraryTask.State.allCases where state != .processing {
            metrics.add(.tasksEnded, state.rawValue, by: 0)
        }
    }

    public func stage(_ stage: PhotoStage, took duration: Duration) {
        stages[stage]?.observe(duration)
    }

    public func photoDone(_ outcome: DoneOutcome, faces count: Int, took duration: Duration) {
        metrics.add(.photosProcessed, outcome.rawValue)
        photos.observe(duration)
        faces.add(count)
    }

    public func taskEnded(_ task: LibraryTask) {
        metrics.add(.tasksEnded, task.state.rawValue)
        guard let completedAt = task.completedAt else { return }
        metrics.observe(.taskDuration, value: completedAt.timeIntervalSince(task.createdAt))
    }
}

extension MetricsRegistry {
    /// Adds how much is in the library, how much waits to be worked on, and how the cache does; asked for whenever the
    /// metrics are read.
    public func observe(_ library: Library) {
        sample(.queueLength, ["photos"]) { (try? library.queueLength()).map(Double.init) }
        sample(.watchers) { Double(library.events.watcherCount) }
        let stats = RecentStats(library)
        sample(.libraryPhotos) { stats.value.map { Double($0.photos) } }
        sample(.libraryFaces) { stats.value.map { Double($0.faces) } }
        sample(.libraryPersons) { stats.value.map { Double($0.persons) } }
        sample(.libraryTasks) { stats.value.map { Double($0.tasks) } }
        let cache = library.answers.driver
        sample(.cacheHits, ["answers"]) { Double(cache.statistics.hits) }
        sample(.cacheMisses, ["answers"]) { Double(cache.statistics.misses) }
        sample(.cacheEvictions, ["answers"]) { Double(cache.statistics.evictions) }
        sample(.cacheEntries) { Double(cache.statistics.entries) }
        sample(.cacheBytes) { Double(cache.statistics.bytes) }
    }

    /// Adds how many photos are in work.
    public func observe(_ workers: TaskWorkers) {
        sample(.photosInWork) { Double(workers.photosInWork) }
    }
}

/// The library's stats, counted once for all metrics that are read together.
private final class RecentStats: Sendable {
    private let library: Library
    private let last = Mutex<(stats: LibraryStats, at: ContinuousClock.Instant)?>(nil)

    init(_ library: Library) {
        self.library = library
    }

    /// Nil when they cannot be counted.
    var value: LibraryStats? {
        last.withLock { last in
            let now = ContinuousClock.now
            if let last, now - last.at < .seconds(1) { return last.stats }
            guard let stats = try? library.stats() else { return nil }
            last = (stats, now)
            return stats
        }
    }
}
