import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

@testable import FaceServer

struct LibraryMetricsTests {
    private func task(_ state: LibraryTask.State, seconds: Double) -> LibraryTask {
        let begin = Date(timeIntervalSince1970: 1_000_000)
        return LibraryTask(
            id: TaskID(), kind: .upload, state: state, progress: TaskProgress(totalPhotos: 3), uniquePersons: 0,
            errorMessage: nil, errors: [], createdAt: begin, completedAt: begin + seconds)
    }

    @Test func `Every stage and outcome is there before anything has happened`() {
        let metrics = MetricsRegistry()
        _ = LibraryMetrics(metrics)
        let text = metrics.render()
        for stage in ["decode", "detect", "align", "embed", "assign", "store"] {
            #expect(text.contains("lik_stage_duration_seconds_count{stage=\"\(stage)\"} 0\n"))
        }
        for outcome in ["analyzed", "known", "failed"] {
            #expect(text.contains("lik_photos_processed_total{outcome=\"\(outcome)\"} 0\n"))
        }
        for state in ["completed", "failed", "cancelled"] {
            #expect(text.contains("lik_tasks_ended_total{state=\"\(state)\"} 0\n"))
        }
        #expect(text.contains("\nlik_faces_found_total 0\n"))
    }

    @Test func `What workers do is counted and timed`() {
        let metrics = MetricsRegistry()
        let observer = LibraryMetrics(metrics)
        observer.stage(.detect, took: .milliseconds(30))
        observer.stage(.detect, took: .seconds(3))
        observer.photoDone(.analyzed, faces: 4, took: .milliseconds(200))
        observer.photoDone(.known, faces: 0, took: .milliseconds(2))
        observer.taskEnded(task(.completed, seconds: 7))
        observer.taskEnded(task(.cancelled, seconds: 1))
        let text = metrics.render()
        #expect(text.contains("lik_stage_duration_seconds_bucket{stage=\"detect\",le=\"0.05\"} 1\n"))
        #expect(text.contains("lik_stage_duration_seconds_sum{stage=\"detect\"} 3.03\n"))
        #expect(text.contains("lik_photos_processed_total{outcome=\"analyzed\"} 1\n"))
        #expect(text.contains("lik_photos_processed_total{outcome=\"known\"} 1\n"))
        #expect(text.contains("\nlik_faces_found_total 4\n"))
        #expect(text.contains("\nlik_photo_duration_seconds_count 2\n"))
        #expect(text.contains("lik_tasks_ended_total{state=\"completed\"} 1\n"))
        #expect(text.contains("lik_tasks_ended_total{state=\"cancelled\"} 1\n"))
        #expect(text.contains("\nlik_task_duration_seconds_sum 8\n"))
    }

    @Test func `The library shows how much is in it, and its cache`() throws {
        let server = try TestServer()
        _ = try server.fill()
        let metrics = MetricsRegistry()
        metrics.observe(server.library)
        let text = metrics.render()
        for line in [
            "lik_library_photos 1", "lik_library_faces 2", "lik_library_persons 1", "lik_library_tasks 1",
            "lik_queue_length{queue=\"photos\"} 0", "lik_watchers 0",
        ] {
            #expect(text.contains("\n\(line)\n"))
        }
        for name in [
            "lik_cache_hits_total{cache=\"answers\"}", "lik_cache_misses_total{cache=\"answers\"}", "lik_cache_bytes",
            "lik_cache_entries",
        ] {
            #expect(text.contains("\n\(name) "))
        }
    }
}
