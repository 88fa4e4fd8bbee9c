import FaceCore
import FaceStore
import Foundation
import Testing

@Suite struct LibraryDumpContract {
    @Test(arguments: Backend.allCases)
    func `A dump tells of people, faces and what users said in sorted lines`(backend: Backend) throws {
        let people = try PeopledLibrary(backend, [2, 1], unknown: 1)
        let journal = people.journal
        let birth = try #require(CalendarDate("1990-02-28"))
        try journal.perform(.rename(people.people[0], to: "Anna \"\\ Ю"))
        try journal.perform(
            .describe(
                people.people[0],
                PersonDescription(
                    note: .set("a\nb\t\u{1}"), birthDate: .set(birth), cover: .set(people.faces[1]), isHidden: true)))
        try journal.perform(.move([people.faces[3]], to: people.people[0]))
        try journal.perform(.reject([people.faces[3]], from: people.people[0]))
        try journal.perform(.ignore([people.faces[3]]))
        try journal.perform(.separate(people.people[1], people.people[0]))
        try journal.perform(.delete(people.people[1]))
        try journal.perform(.confirm([people.faces[0]]))
        let lines = try people.dump().split(separator: "\n").map(String.init)
        let moment = #/ (created|updated|added)="[^"]+"/#
        let box = " box=0.1,-3.25,50.0,60.5"
        #expect(
            lines.map { $0.replacing(moment, with: "") } == [
                #"meta embedding_dimension="8""#, #"meta embedding_model="sample/model""#,
                "photo 1 hash=\"\(Sample.hash(100))\" state=\"analyzed\" model=\"sample/model\"",
                "photo 2 hash=\"\(Sample.hash(101))\" state=\"analyzed\" model=\"sample/model\"",
                "photo 3 hash=\"\(Sample.hash(102))\" state=\"analyzed\" model=\"sample/model\"",
                "photo 4 hash=\"\(Sample.hash(103))\" state=\"analyzed\" model=\"sample/model\"",
                #"person 1 name="Anna \"\\ Ю" note="a\nb\t\u0001" born="1990-02-28" cover=2 hidden revision=8"#,
                "person 2 deleted revision=6", "face 1 photo=1 person=1 placed\(box)", "face 2 photo=2 person=1\(box)",
                "face 3 photo=3 person=2\(box)", "face 4 photo=4 ignored\(box)", "rejection 4 1", "separation 1 2",
            ])
        #expect(try LibraryDump(of: people.library.elsewhere()).text == people.dump())
    }
}
