import FaceCore
import Foundation
import Testing

@testable import FaceServer

struct TaskMessageOrderTests {
    private let task = TaskID()

    private func progress(_ current: Int, of total: Int = 10, percent: Int? = nil, stage: String = "Detecting")
        -> LiveMessage
    {
        .progress(
            task,
            TaskProgressPayload(current: current, total: total, stage: stage, percent: percent ?? 100 * current / total)
        )
    }

    private func update(_ status: TaskUpdatePayload.Status, done: Int? = nil, faces: Int? = nil) -> LiveMessage {
        .update(
            task,
            TaskUpdatePayload(status: status, data: .init(totalImages: 10, processedImages: done, totalFaces: faces)))
    }

    private func told(_ messages: [LiveMessage]) -> [LiveMessage] {
        var order = TaskMessageOrder(task: task)
        return messages.flatMap { order.messages(after: $0) }
    }

    @Test func `The present progress comes first and then the present update`() {
        #expect(told([progress(3), update(.processing)]) == [progress(3), update(.processing)])
        #expect(told([update(.processing), progress(3)]) == [progress(3), update(.processing)])
    }

    @Test func `What happened while the present state was read is not told twice`() {
        let live = [
            progress(4), update(.processing, done: 4), progress(5), update(.processing, done: 5),
            progress(5), update(.processing, done: 5), progress(6),
        ]
        #expect(
            told([progress(5), update(.processing, done: 5)] + live)
                == [progress(5), update(.processing, done: 5), progress(6)])
    }

    @Test func `Before the first update only the latest progress counts`() {
        #expect(
            told([progress(2), progress(3), update(.processing), progress(4)])
                == [progress(3), update(.processing), progress(4)])
    }

    @Test func `Nothing is told before both are known`() {
        #expect(told([progress(2), progress(3)]).isEmpty)
        #expect(told([update(.processing)]).isEmpty)
    }

    @Test func `Percent never goes down and stays within 0 and 100`() {
        let wild = [7, 3, 9, 250, -4, 40, 100].map { progress(1, percent: $0) }
        var percents: [Int] = []
        for case .progress(_, let payload) in told([progress(1, percent: -3), update(.processing)] + wild) {
            percents.append(payload.percent)
        }
        #expect(percents == [0, 7, 9, 100])
    }

    @Test func `A new stage is told at the same percent`() {
        let messages = [progress(10, percent: 99), update(.processing), progress(10, percent: 99, stage: "Grouping")]
        #expect(told(messages) == messages)
    }

    @Test func `A progress of 100 is put before the end where it is missing`() {
        #expect(
            told([progress(9, percent: 99), update(.processing), update(.completed)])
                == [
                    progress(9, percent: 99), update(.processing), progress(10, percent: 100), update(.completed),
                ])
        #expect(
            told([progress(2), update(.processing), update(.failed)])
                == [progress(2), update(.processing), progress(2, percent: 100), update(.failed)])
    }

    @Test func `A progress of 100 is not told twice before the end`() {
        let messages = [progress(9), update(.processing), progress(10), update(.completed)]
        #expect(told(messages) == messages)
    }

    @Test(arguments: [TaskUpdatePayload.Status.completed, .failed])
    func `A task that has ended is told as 100 and its end`(status: TaskUpdatePayload.Status) {
        #expect(told([progress(10), update(status)]) == [progress(10), update(status)])
        #expect(
            told([update(status), progress(10)]) == [progress(0, percent: 100), update(status)].map(ended(status)))
    }

    /// With no progress known, a completed task is done with all its photos.
    private func ended(_ status: TaskUpdatePayload.Status) -> (LiveMessage) -> LiveMessage {
        { message in
            guard case .progress(let task, var payload) = message else { return message }
            payload.stage = ""
            if status == .completed { payload.current = payload.total }
            return .progress(task, payload)
        }
    }

    @Test func `Nothing comes after the end`() {
        #expect(
            told([progress(9), update(.processing), progress(10), update(.completed), progress(10), update(.failed)])
                .last == update(.completed))
    }

    @Test func `Other tasks and stats are left out`() {
        let other = LiveMessage.progress(TaskID(), TaskProgressPayload(current: 8, total: 10, stage: "", percent: 80))
        let stats = LiveMessage.stats(
            StatsPayload(totalPersons: 1, totalFaces: 1, totalTasks: 1, totalPhotos: 1, unknownFaces: 0))
        #expect(
            told([other, progress(1), stats, update(.processing), other, progress(2)])
                == [progress(1), update(.processing), progress(2)])
    }

    @Test(arguments: 0..<20)
    func `Whatever comes in whatever order the promises hold`(seed: UInt64) {
        var random = SplitMix(state: seed)
        var messages: [LiveMessage] = (0...10).map { progress($0) } + (0...10).map { update(.processing, done: $0) }
        messages.append(update(.completed, done: 10))
        messages.shuffle(using: &random)
        let heard = told(messages)
        guard case .progress = heard.first, case .update = heard.dropFirst().first else {
            Issue.record("starts with \(heard.prefix(2))")
            return
        }
        var last = -1
        for case .progress(_, let payload) in heard {
            #expect(payload.percent > last)
            last = payload.percent
        }
        #expect(last == 100)
        #expect(heard.last == update(.completed, done: 10))
        #expect(heard.filter { $0 == heard.last }.count == 1)
    }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
