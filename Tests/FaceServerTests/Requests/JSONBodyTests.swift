import FaceCore
import Foundation
import Testing

@testable import FaceServer

struct JSONBodyTests {
    private func body(_ text: String) throws -> JSONBody { try JSONBody(Data(text.utf8)) }

    @Test func `Fields are read as what they are`() throws {
        let body = try body(#"{"text":"я","flag":true,"one":1,"half":0.5,"none":null,"ids":[3,1,3],"by":{"7":31}}"#)
        #expect(try body.text("text") == "я")
        #expect(try body.flag("flag") == true)
        #expect(try body.number("one") == 1)
        #expect(try body.number("half") == 0.5)
        #expect(try body.integer("one", in: 0...5) == 1)
        #expect(try (body.id("one") as PersonID?) == PersonID(1))
        #expect(try (body.ids("ids") as [FaceID]) == [FaceID(3), FaceID(1)])
        #expect(try (body.numbersByID("by") as [PersonID: Int64]) == [PersonID(7): 31])
        #expect(body.has("none"))
        #expect(!body.has("absent"))
        #expect(try body.text("none") == nil && body.text("absent") == nil)
    }

    @Test(arguments: ["", "[]", "7", "null", "{", #""x""#, "{\"a\":}"])
    func `What is no object is refused`(text: String) {
        #expect(throws: APIError.invalidJSON) { try body(text) }
    }

    @Test func `A value of another type is refused by its name`() throws {
        let body = try body(#"{"a":true,"b":1.5,"c":"1","d":[1,"2"],"e":[],"f":-1,"g":{"x":1},"h":{"1":-1}}"#)
        #expect(throws: APIError.invalidParameter(name: "a")) { try body.text("a") }
        #expect(throws: APIError.invalidParameter(name: "a")) { try body.number("a") }
        #expect(throws: APIError.invalidParameter(name: "b")) { try body.integer("b", in: 0...9) }
        #expect(throws: APIError.invalidParameter(name: "c")) { try body.flag("c") }
        #expect(throws: APIError.invalidParameter(name: "c")) { try body.id("c") as FaceID? }
        #expect(throws: APIError.invalidParameter(name: "d")) { try body.ids("d") as [FaceID] }
        #expect(throws: APIError.invalidParameter(name: "e")) { try body.ids("e") as [FaceID] }
        #expect(throws: APIError.invalidParameter(name: "f")) { try body.id("f") as FaceID? }
        #expect(throws: APIError.invalidParameter(name: "g")) { try body.numbersByID("g") as [FaceID: Int64] }
        #expect(throws: APIError.invalidParameter(name: "h")) { try body.numbersByID("h") as [FaceID: Int64] }
        #expect(throws: APIError.missingParameter(name: "z")) { try body.ids("z") as [FaceID] }
    }

    @Test func `A body may be absent where nothing has to be said`() throws {
        #expect(try JSONBody(orEmpty: Data()).text("entry") == nil)
        #expect(throws: APIError.invalidJSON) { try JSONBody(orEmpty: Data("x".utf8)) }
    }
}
