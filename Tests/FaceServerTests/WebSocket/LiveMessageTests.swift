import FaceCore
import Foundation
import Testing

@testable import FaceServer

struct LiveMessageTests {
    private let task = TaskID(uuidString: "0D9A1F30-3C4B-4B52-9C36-1F1D2C6A7E11") ?? TaskID()

    @Test func `Progress is written as the API says`() throws {
        let message = LiveMessage.progress(
            task, TaskProgressPayload(current: 50, total: 100, stage: "Detecting faces", percent: 50))
        #expect(
            try message.json()
                == #"{"payload":{"current":50,"percent":50,"stage":"Detecting faces","total":100},"#
                + #""task_id":"0d9a1f30-3c4b-4b52-9c36-1f1d2c6a7e11","type":"task_progress"}"#)
    }

    @Test func `An update leaves out what is not known`() throws {
        let completed = LiveMessage.update(
            task, TaskUpdatePayload(status: .completed, data: .init(totalFaces: 7, uniquePersons: 3)))
        #expect(
            try completed.json()
                == #"{"payload":{"data":{"total_faces":7,"unique_persons":3},"status":"completed"},"#
                + #""task_id":"0d9a1f30-3c4b-4b52-9c36-1f1d2c6a7e11","type":"task_update"}"#)
        let cancelled = LiveMessage.update(
            task, TaskUpdatePayload(status: .failed, data: .init(error: "\"Стоп\" / a\nb", code: "cancelled")))
        #expect(
            try cancelled.json()
                == #"{"payload":{"data":{"code":"cancelled","error":"\"Стоп\" / a\nb"},"status":"failed"},"#
                + #""task_id":"0d9a1f30-3c4b-4b52-9c36-1f1d2c6a7e11","type":"task_update"}"#)
    }

    @Test func `Stats have no task`() throws {
        let message = LiveMessage.stats(
            StatsPayload(totalPersons: 1, totalFaces: 2, totalTasks: 3, totalPhotos: 4, unknownFaces: 5))
        #expect(
            try message.json()
                == #"{"payload":{"total_faces":2,"total_persons":1,"total_photos":4,"total_tasks":3,"#
                + #""unknown_faces":5},"type":"stats_update"}"#)
    }
}

struct WebSocketTargetTests {
    @Test func `Without a task the stats are followed`() {
        #expect(WebSocketTarget(uri: "/ws") == .topic(.stats))
        #expect(WebSocketTarget(uri: "/ws?task_id=") == .topic(.stats))
        #expect(WebSocketTarget(uri: "/ws?other=1") == .topic(.stats))
    }

    @Test func `A task is told by its identifier in any case`() {
        let task = TaskID()
        #expect(WebSocketTarget(uri: "/ws?task_id=\(task.uuidString)") == .topic(.task(task)))
        #expect(WebSocketTarget(uri: "/ws?a=b&task_id=\(task.name)") == .topic(.task(task)))
    }

    @Test func `What is no identifier is an unknown task`() {
        #expect(WebSocketTarget(uri: "/ws?task_id=nope") == .unknown("nope"))
        #expect(
            WebSocketTarget(uri: "/ws?task_id=" + String(repeating: "a", count: 500))
                == .unknown(String(repeating: "a", count: 64)))
    }

    @Test(arguments: ["/", "/wss", "/ws/", "/api/ws", "/WS", ""])
    func `Other addresses are none of the endpoint's`(uri: String) {
        #expect(WebSocketTarget(uri: uri) == nil)
    }
}
