import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct TaskWorkersTests {
    @Test func `Photos become faces and faces become people`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let id = try test.upload([[TestLibrary.red, TestLibrary.blue], [TestLibrary.red], []])
        let task = try await test.work(off: id)[0]
        #expect(task.state == .completed && task.errors.isEmpty)
        #expect(task.progress == TaskProgress(totalPhotos: 3, processedPhotos: 3, totalFaces: 3))
        #expect(task.uniquePersons == 2)
        let people = try test.library.persons().elements
        #expect(people.map(\.person.faceCount).sorted() == [1, 2])
        #expect(try test.library.stats() == LibraryStats(persons: 2, faces: 3, unknownFaces: 0, tasks: 1, photos: 3))
    }

    @Test func `A photo of a later upload joins its person, whose name stays`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red]]))
        let person = try #require(test.library.persons().elements.first?.person.id)
        try test.library.rename(person, to: "Рыжая")
        try await test.work(off: try test.upload([[TestLibrary.red], [TestLibrary.blue]], seed: 50))
        let red = try #require(try test.library.person(person))
        #expect(red.person.person.displayName == "Рыжая" && red.faces.count == 2)
        #expect(try test.library.persons().elements.count == 2)
    }

    @Test func `A known photo counts in its task and adds nothing, not even a file`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        try await test.work(off: try test.upload([[TestLibrary.red, TestLibrary.blue]]))
        let before = try test.library.stats()
        let files = test.uploads
        let again = try await test.work(off: try test.upload([[TestLibrary.red, TestLibrary.blue]]))[0]
        #expect(again.state == .completed && again.progress.totalFaces == 2 && again.uniquePersons == 2)
        var expected = before
        expected.tasks += 1
        #expect(try test.library.stats() == expected)
        try test.eraser().clean()
        #expect(test.uploads == files)
    }

    @Test func `The same photo twice in one upload is one photo`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let photo = PaintedFaces.ppm([TestLibrary.red])
        let task = try await test.work(off: try test.upload([("a.ppm", photo), ("b.ppm", photo)]))[0]
        #expect(task.progress.totalFaces == 2 && task.uniquePersons == 1)
        #expect(try test.library.stats().faces == 1)
        try test.eraser().clean()
        #expect(test.uploads.count == 1)
    }

    @Test func `A bad file fails alone and is named`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let cutOff = PaintedFaces.ppm([TestLibrary.blue]).dropLast(2000)
        let id = try test.upload([
            ("good.ppm", PaintedFaces.ppm([TestLibrary.red])), ("broken.jpg", Data("this is no photo".utf8)),
            ("cut.ppm", Data(cutOff)),
        ])
        let task = try await test.work(off: id)[0]
        #expect(task.state == .completed && task.progress.totalFaces == 1)
        #expect(Set(task.errors.map(\.file)) == ["broken.jpg", "cut.ppm"])
        #expect(task.errors.allSatisfy { $0.error.count > 10 })
        try test.eraser().clean()
        #expect(test.uploads.count == 1)
    }

    @Test func `Only bad files: the task fails with a reason, also without a model pack`() async throws {
        let test = try TestLibrary(analyzer: { nil })
        defer { test.remove() }
        let task = try await test.work(off: try test.upload([("a.jpg", Data("no".utf8)), ("b.png", Data())]))[0]
        #expect(task.state == .failed && task.errorMessage?.isEmpty == false && task.errors.count == 2)
    }

    @Test func `An upload's own limits hold for its photos`() async throws {
        let test = try TestLibrary(analyzer: { HookedAnalyzer.make { _ in } })
        defer { test.remove() }
        let photo = [("a.ppm", PaintedFaces.ppm([TestLibrary.red]))]
        let none = try await test.work(off: try test.upload(photo, overrides: AnalysisOverrides(minimumSize: 100_000)))
        #expect(none[0].state == .completed && none[0].progress.totalFaces == 0)
        // Known, but nobody has looked for faces of this size yet.
        let all = try await test.work(off: try test.upload(photo))
        #expect(all[0].progress.totalFaces == 1)
        #expect(try test.library.stats().photos == 1)
    }

    @Test func `A small task is not starved by a large one`() async throws {
        let gate = DispatchSemaphore(value: 0)
        let seen = Counter()
        // No photo is done before both tasks are there; then the gate stays open.
        let test = try TestLibrary(
            analyzer: {
                HookedAnalyzer.make { _ in
                    _ = seen.increment()
                    gate.wait()
                    gate.signal()
                }
            })
        defer { test.remove() }
        let large = try test.upload((0..<40).map { _ in [TestLibrary.red] })
        try await test.working {
            // The large task is in work when the small one comes.
            while seen.value == 0 { try await Task.sleep(for: .milliseconds(5)) }
            let small = try test.upload([[TestLibrary.blue], [TestLibrary.green]], seed: 100)
            gate.signal()
            let first = try await test.end(of: small)
            let second = try await test.end(of: large)
            #expect(first.state == .completed && second.state == .completed)
            let ends = (try #require(first.completedAt), try #require(second.completedAt))
            #expect(ends.0 < ends.1, "the large task was through before the small one")
        }
        #expect(try test.library.stats() == LibraryStats(persons: 3, faces: 42, unknownFaces: 0, tasks: 2, photos: 42))
    }

    @Test func `Without a model pack photos wait, and go on when there is one`() async throws {
        let isInstalled = Atomic<Bool>(false)
        let test = try TestLibrary(analyzer: { isInstalled.load(ordering: .acquiring) ? PaintedFaces.analyzer : nil })
        defer { test.remove() }
        let id = try test.upload([[TestLibrary.red]])
        try await test.working {
            for await event in try test.library.watch(task: id) {
                if case .progress(_, let progress) = event, progress.stage == .waitingForModels { break }
            }
            #expect(try test.library.task(id)?.state == .processing)
            #expect(test.models.state == .unavailable(reason: "No model pack is installed."))
            isInstalled.store(true, ordering: .releasing)
            #expect(try await test.end(of: id).uniquePersons == 1)
        }
    }

    @Test func `Stages are timed and what was done is counted`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let observer = CountingObserver()
        let id = try test.upload([
            ("a.ppm", PaintedFaces.ppm([TestLibrary.red, TestLibrary.blue])),
            ("b.ppm", PaintedFaces.ppm([TestLibrary.red]).dropLast(9)),
        ])
        try await test.work(off: id, with: test.workers(observer: observer))
        let counts = observer.counts.withLock { $0 }
        #expect(counts["decode"] == 1 && counts["detect"] == 1 && counts["align"] == 2 && counts["embed"] == 1)
        #expect(counts["assign"] == 1 && counts["store"] == 2)
        #expect(counts["analyzed 2"] == 1 && counts["failed 0"] == 1 && counts["completed"] == 1)
    }
}

private final class CountingObserver: WorkObserver {
    let counts = Mutex<[String: Int]>([:])

    func stage(_ stage: PhotoStage, took duration: Duration) { count(stage.rawValue) }

    func photoDone(_ outcome: DoneOutcome, faces: Int, took duration: Duration) {
        count("\(outcome.rawValue) \(faces)")
    }

    func taskEnded(_ task: LibraryTask) { count(task.state.rawValue) }

    private func count(_ name: String) { counts.withLock { $0[name, default: 0] += 1 } }
}
