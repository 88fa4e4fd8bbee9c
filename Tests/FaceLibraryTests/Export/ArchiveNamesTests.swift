import FaceCore
import Testing

@testable import FaceLibrary

struct ArchiveNamesTests {
    private func name(_ name: String, format: PhotoFormat = .jpeg) -> String {
        var names = ArchiveNames()
        return names.name(for: name, format: format)
    }

    @Test func `A name stays as it is where it is safe`() {
        #expect(name("IMG 1234.JPG") == "IMG 1234.JPG")
        #expect(name("Отпуск 2024.jpeg") == "Отпуск 2024.jpeg")
        #expect(name("e\u{301}te\u{301}.png") == "été.png")
    }

    @Test func `A name never leaves its folder and offends no system`() {
        #expect(name("../../etc/passwd.jpg") == "passwd.jpg")
        #expect(name("C:\\Photos\\a.jpg") == "a.jpg")
        #expect(name("..") == "photo.jpg")
        #expect(name("/") == "photo.jpg")
        #expect(name("") == "photo.jpg")
        #expect(name(".hidden.png") == "hidden.png")
        #expect(name("a<b>:c?.jpg") == "a_b__c_.jpg")
        #expect(name("a\u{0}b\n.jpg") == "a_b_.jpg")
        #expect(name("gpj.\u{202E}exe.jpg") == "gpj._exe.jpg")
        #expect(name("con.jpg") == "_con.jpg" && name("LPT1") == "_LPT1.jpg" && name("console.jpg") == "console.jpg")
    }

    @Test func `Without an ending it gets that of its format`() {
        #expect(name("photo", format: .heic) == "photo.heic")
        #expect(name("St. Petersburg", format: .jpeg) == "St. Petersburg.jpg")
        #expect(name("blob.", format: .png) == "blob.png")
    }

    @Test func `No two are the same, even where case does not count`() {
        var names = ArchiveNames()
        let given = ["a.jpg", "A.JPG", "b/a.jpg", "a-2.jpg", "a.png"].map { names.name(for: $0, format: .jpeg) }
        #expect(given == ["a.jpg", "A-2.JPG", "a-3.jpg", "a-2-2.jpg", "a.png"])
    }

    @Test func `A long name is cut between characters, and its ending stays`() {
        var names = ArchiveNames()
        let long = String(repeating: "я", count: 300) + ".jpeg"
        let first = names.name(for: long, format: .jpeg)
        let second = names.name(for: long, format: .jpeg)
        #expect(first.utf8.count <= 200 && first.hasSuffix("я.jpeg"))
        #expect(second.utf8.count <= 200 && second.hasSuffix("я-2.jpeg"))
    }
}
