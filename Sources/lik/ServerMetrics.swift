import FaceCache
import FaceLibrary
import FaceServer
import FaceStore
import Foundation

/// What the library does, as the server's metrics show it.
struct ServerMetrics: WorkObserver {
    let registry: MetricsRegistry

    /// Adds the figures that are read when the metrics are.
    init(_ registry: MetricsRegistry, library: Library, workers: @escaping @Sendable () -> Int, version: String) {
        self.registry = registry
        registry.set(.buildInfo, version, to: 1)
        registry.sample(.queueLength, ["photos"]) { (try? library.queueLength()).map(Double.init) }
        registry.sample(.photosInWork) { Double(workers()) }
        registry.sample(.cacheEntries) { Double(library.answers.driver.statistics.entries) }
        registry.sample(.cacheBytes) { Double(library.answers.driver.statistics.bytes) }
        registry.sample(.cacheHits, ["answers"]) { Double(library.answers.driver.statistics.hits) }
        registry.sample(.cacheMisses, ["answers"]) { Double(library.answers.driver.statistics.misses) }
        registry.sample(.libraryPhotos) { (try? library.stats()).map { Double($0.photos) } }
        registry.sample(.libraryFaces) { (try? library.stats()).map { Double($0.faces) } }
        registry.sample(.libraryPersons) { (try? library.stats()).map { Double($0.persons) } }
        registry.sample(.libraryTasks) { (try? library.stats()).map { Double($0.tasks) } }
    }

    func stage(_ stage: PhotoStage, took duration: Duration) {
        registry.observe(.stageDuration, stage.rawValue, duration: duration)
    }

    func photoDone(_ outcome: DoneOutcome, faces: Int, took duration: Duration) {
        registry.add(.photosProcessed, outcome.rawValue)
        registry.add(.facesFound, by: faces)
        registry.observe(.photoDuration, duration: duration)
    }

    func taskEnded(_ task: LibraryTask) {
        registry.add(.tasksEnded, task.state.rawValue)
        guard let end = task.completedAt else { return }
        registry.observe(.taskDuration, value: end.timeIntervalSince(task.createdAt))
    }
}
