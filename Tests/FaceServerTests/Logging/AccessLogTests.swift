import Testing

@testable import FaceServer

struct AccessLogTests {
    @Test(
        arguments: [
            ("/api/persons/12", "/api/persons/{id}", "12"),
            (
                "/api/task/0b9cbd4e-8a5e-4f0b-9e0c-7d6a1f0c2b11", "/api/task/{id}",
                "0b9cbd4e-8a5e-4f0b-9e0c-7d6a1f0c2b11"
            ),
            ("/api/persons/Anna", "/api/persons/{id}", nil), ("/api/persons/%41nna", "/api/persons/{id}", nil),
            ("/api/persons/" + String(repeating: "1", count: 37), "/api/persons/{id}", nil),
            ("/api/persons", "/api/persons", nil), ("/12", nil, nil), ("/api", "/api/persons/{id}", nil),
        ] as [(String, String?, String?)])
    func `Of a path the log keeps what can only be an id`(path: String, route: String?, id: String?) {
        #expect(AccessLog.id(in: path, route: route) == id)
    }
}
