import HTTPTransfer
import Testing

@testable import LikClient

struct APIRequestTests {
    @Test func `What stands in a path or query cannot leave it`() {
        let request = APIRequest.get(
            "/api/task/\(APIRequest.encoded("../a?b#c"))", query: ["q": "Ан & x=1", "no": nil])
        #expect(request.target == "/api/task/..%2Fa%3Fb%23c?q=%D0%90%D0%BD%20%26%20x%3D1")
        #expect(APIRequest.get("/api/stats").target == "/api/stats")
    }

    @Test func `A filter of attendance says only what was given`() {
        let filter = AttendanceFilter(from: "2026-11-25", person: 7, place: "Вход 1")
        let request = APIRequest.get("/api/attendance", query: filter.query)
        #expect(request.target == "/api/attendance?from=2026-11-25&person=7&place=%D0%92%D1%85%D0%BE%D0%B4%201")
        #expect(APIRequest.get("/api/attendance", query: AttendanceFilter().query).target == "/api/attendance")
    }

    @Test(arguments: ["", "localhost:8080", "ftp://a", "http://", "http://a b", "http://a?x", "http://a#x"])
    func `An address that is none is said before anything is sent`(_ address: String) {
        #expect(throws: LikClientError.badAddress(address)) { try LikClient(address: address) }
    }

    @Test func `An address may end with slashes and have a path`() throws {
        #expect(try LikClient(address: "HTTPS://photos.example/lik//").address == "HTTPS://photos.example/lik")
    }
}
