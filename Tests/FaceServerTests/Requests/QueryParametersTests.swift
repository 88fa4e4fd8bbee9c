import FaceCore
import FaceServer
import Testing

struct QueryParametersTests {
    @Test func `Text is decoded, plus signs are spaces, the first of two counts`() throws {
        let query = QueryParameters(encoded: "q=%D0%98%D0%B2%D0%B0%D0%BD+%2B&q=other&empty=&flag&%D1%8F=1")
        #expect(try query.text("q") == "Иван +")
        #expect(try query.text("empty") == "")
        #expect(try query.text("flag") == "")
        #expect(try query.text("я") == "1")
        #expect(try query.text("absent") == nil)
    }

    @Test(arguments: ["q=%", "q=%4", "q=%zz", "q=%FF"])
    func `Text that is not well-formed is refused`(encoded: String) {
        #expect(throws: APIError.invalidParameter(name: "q")) { try QueryParameters(encoded: encoded).text("q") }
    }

    @Test func `Numbers have to be in their range`() throws {
        #expect(try QueryParameters(encoded: "n=5").integer("n", in: 1...9) == 5)
        #expect(try QueryParameters(encoded: "").integer("n", in: 1...9) == nil)
        for value in ["0", "10", "x", "", "5.0", "99999999999999999999"] {
            #expect(throws: APIError.invalidParameter(name: "n")) {
                try QueryParameters(encoded: "n=" + value).integer("n", in: 1...9)
            }
        }
    }

    @Test func `Days exist in the calendar`() throws {
        #expect(try QueryParameters(encoded: "d=2024-02-29").day("d") == "2024-02-29")
        for value in [
            "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "24-01-01", "2024-01-32", "20a4-01-01", "-024-01-01",
        ] {
            #expect(throws: APIError.invalidParameter(name: "d")) {
                try QueryParameters(encoded: "d=" + value).day("d")
            }
        }
    }

    @Test func `Ids are positive numbers, flags are true or false`() throws {
        #expect(try QueryParameters(encoded: "p=12").id("p") == PersonID(12))
        #expect(try QueryParameters(encoded: "f=true&g=0").flag("f") == true)
        #expect(try QueryParameters(encoded: "f=true&g=0").flag("g") == false)
        #expect(throws: APIError.invalidParameter(name: "p")) {
            let _: PersonID? = try QueryParameters(encoded: "p=-1").id("p")
        }
        #expect(throws: APIError.invalidParameter(name: "f")) { try QueryParameters(encoded: "f=maybe").flag("f") }
    }
}
