import Foundation
import HTTPTransfer
import Testing

@testable import LikClient

struct DecodingTests {
    private func decoded<Value: Decodable>(_ json: String, as type: Value.Type = Value.self) throws -> Value {
        try APIDecoding.decoder.decode(Value.self, from: Data(json.utf8))
    }

    @Test func `A task is read with its errors, and what a newer server adds is left alone`() throws {
        let task: RemoteTask = try decoded(
            """
            {"id": "t", "status": "processing", "total_images": 3, "processed_images": 1, "total_faces": 2,
             "unique_persons": 0, "error_message": null, "colour": "green", "created_at": "2026-11-23T09:15:02.123Z",
             "completed_at": null, "errors": [{"file": "a.jpg", "error": "It is broken."}]}
            """)
        #expect(task.isInWork && task.processedImages == 1 && task.completedAt == nil)
        #expect(task.errors == [RemoteTask.FileError(file: "a.jpg", error: "It is broken.")])
        #expect(abs(task.createdAt.timeIntervalSince1970 - 1_795_425_302.123) < 0.001)
    }

    @Test func `Times may have fractions of a second or none`() throws {
        let times: [Date] = try decoded(#"["2026-11-23T09:15:02Z", "2026-11-23T11:15:02.000+02:00"]"#)
        #expect(times[0] == times[1])
        #expect(throws: DecodingError.self) { try decoded(#"["tomorrow"]"#, as: [Date].self) }
    }

    @Test func `Faces are read with and without an event`() throws {
        let seen: RemoteIdentification = try decoded(
            """
            {"width": 10, "height": 20, "task_id": null, "faces": [
              {"box": [1, 2, 3, 4], "person_id": 7, "name": "Anna", "event": {"id": "e", "new": true},
               "candidates": [{"person_id": 7, "name": "Anna", "similarity": 0.6, "distance": 0.4, "match": true}]},
              {"box": [1, 2, 3, 4], "person_id": null, "name": null, "candidates": []}]}
            """)
        #expect(seen.faces[0].event?.isNew == true && seen.faces[0].candidates[0].person == 7)
        #expect(seen.faces[1].person == nil && seen.faces[1].event == nil)
    }

    @Test func `An event of attendance is read`() throws {
        let event: RemoteAttendance = try decoded(
            """
            {"id": "e", "person": {"id": 7, "name": "Anna"}, "collection": null, "place": "door",
             "at": "2026-11-23T09:15:02Z", "last_seen": "2026-11-23T09:16:02Z", "times_seen": 2, "similarity": 0.61}
            """)
        #expect(event.person.name == "Anna" && event.lastSeen.timeIntervalSince(event.at) == 60)
    }

    @Test func `A refusal has the server's sentence, code and time to wait`() {
        let body = #"{"error": "There is no person 7.", "code": "person_not_found", "request_id": "a"}"#
        let headers = [HTTPTransfer.Header(name: "retry-after", value: "3")]
        let refusal = LikClientError.refusal(.init(status: 404, headers: headers, body: Array(body.utf8)))
        #expect(
            refusal
                == .refused(
                    status: 404, code: "person_not_found", message: "There is no person 7.", retryAfter: 3))
        #expect(refusal.message == "There is no person 7.")
        for (text, seconds) in [("1e300", 1e6), ("-1", nil), ("nan", nil), ("soon", nil)] as [(String, Double?)] {
            let odd = LikClientError.refusal(.init(status: 429, headers: [.init(name: "Retry-After", value: text)]))
            guard case .refused(_, _, _, let retryAfter) = odd else { continue }
            #expect(retryAfter == seconds, "\(text)")
        }
        let other = LikClientError.refusal(.init(status: 502, headers: [], body: Array("<html>".utf8)))
        #expect(
            other == .refused(status: 502, code: "unknown", message: "The server answered with 502.", retryAfter: nil))
    }
}
