import FaceCore
import Foundation
import Testing

@testable import FaceLibrary

struct EvaluationSetTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("lik-set-\(UUID().uuidString)")
        for name in ["Anna/1.ppm", "Anna/old/2.ppm", "Борис/1.ppm", "loose.ppm", "two people.ppm", "Anna/notes.txt"] {
            let file = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(name.hasSuffix("ppm") ? "P6\n1 1\n255\nabc".utf8 : "hello".utf8).write(to: file)
        }
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    private func set(_ labels: String) throws -> EvaluationSet {
        try EvaluationSet(labels: labels, name: "labels.csv", folder: folder)
    }

    private func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> BoundingBox {
        BoundingBox(x: x, y: y, width: width, height: height)
    }

    @Test func `Labels say where each face is and whose`() throws {
        defer { remove() }
        let set = try set(
            """
            file,identity,kind,n_faces,boxes,box_identities,duplicate_of,note
            Anna/1.ppm,Anna,single,1,"1,2,3,4",Anna,,"a ""small"" note"
            two people.ppm,Anna|Борис,group,3,"1,2,3,4;5,6,7,8; 9, 10.5 ,11,12",Anna; Борис ;?,loose.ppm,
            loose.ppm,,group,2,"1,2,3,4;5,6,7,8",,,
            Борис/1.ppm,Борис,single,,"1,2,3,4",,,
            """)
        #expect(set.problems.isEmpty)
        #expect(set.photos.map(\.name) == ["Anna/1.ppm", "two people.ppm", "loose.ppm", "Борис/1.ppm"])
        #expect(set.photos[0].label == .faces([LabelledFace(box: box(1, 2, 3, 4), identity: "Anna")]))
        #expect(set.photos[0].isFullyCounted && !set.photos[0].isDuplicate)
        #expect(set.photos[0].path == folder.standardizedFileURL.path + "/Anna/1.ppm")
        #expect(
            set.photos[1].label
                == .faces([
                    LabelledFace(box: box(1, 2, 3, 4), identity: "Anna"),
                    LabelledFace(box: box(5, 6, 7, 8), identity: "Борис"),
                    LabelledFace(box: box(9, 10.5, 11, 12), identity: nil),
                ]))
        #expect(set.photos[1].isDuplicate)
        #expect(set.photos[2].identities.isEmpty && set.photos[2].faceCount == 2)
        // Of a single box there is no doubt whose it is.
        #expect(set.photos[3].label == .faces([LabelledFace(box: box(1, 2, 3, 4), identity: "Борис")]))
        #expect(!set.photos[3].isFullyCounted)
    }

    @Test func `File and identity are enough`() throws {
        defer { remove() }
        let set = try set("identity, File\nAnna,Anna/1.ppm\nАнна|Борис,two people.ppm\n,loose.ppm\n?,Anna/old/2.ppm\n")
        #expect(set.photos.map(\.label) == [.largestFace(of: "Anna"), .unknown, .unknown, .unknown])
        #expect(set.photos.allSatisfy { !$0.isFullyCounted && !$0.isDuplicate })
    }

    @Test func `A row that is no good is left out, with its line and the reason`() throws {
        defer { remove() }
        let set = try set(
            """
            file,identity,n_faces,boxes,box_identities
            Anna/1.ppm,Anna,,,
            nobody.ppm,Anna,,,
            loose.ppm,Anna,,"1,2,3",
            loose.ppm,Anna,,"1,2,0,4",
            loose.ppm,Anna,many,,
            loose.ppm,Anna
            ,Anna,,,
            Anna/1.ppm,Борис,,,
            two people.ppm,,,"1,2,3,4;5,6,7,8",Anna
            loose.ppm,Anna,,"1,2,nan,4",
            """)
        #expect(set.photos.map(\.name) == ["Anna/1.ppm"])
        #expect(
            set.problems.map { "\($0.line): \($0.reason)" } == [
                "3: There is no file “nobody.ppm”.",
                "4: “1,2,3” is no box; it should be x,y,width,height in pixels.",
                "5: “1,2,0,4” is no box; it should be x,y,width,height in pixels.",
                "6: “many” is no number of faces.",
                "7: There are 2 fields where the first line names 5.",
                "8: It names no file.",
                "9: “Anna/1.ppm” is listed twice.",
                "10: It has 2 boxes and says of 1 whose they are.",
                "11: “1,2,nan,4” is no box; it should be x,y,width,height in pixels.",
            ])
    }

    @Test func `Labels that say nothing are refused with a sentence`() throws {
        defer { remove() }
        func error(_ labels: String) -> String? {
            do {
                _ = try set(labels)
                return nil
            } catch { return (error as? EvaluationError)?.message }
        }
        #expect(error("name,identity\nx,y\n")?.contains("no column “file”") == true)
        #expect(error("file,who\nAnna/1.ppm,Anna\n")?.contains("no column “identity”") == true)
        #expect(error("")?.contains("no column “file”") == true)
        #expect(error("file,identity,File\n")?.contains("has the column “file” twice") == true)
        #expect(error("file,identity\n")?.contains("nothing says who is on the photos") == true)
        #expect(
            error("file,identity\nnone.ppm,Anna\n")
                == "“labels.csv” has no row that can be used. Line 2: There is no file “none.ppm”.")
    }

    @Test func `Without labels each folder is a person`() throws {
        defer { remove() }
        let set = try EvaluationSet(folder: folder)
        #expect(
            Dictionary(uniqueKeysWithValues: set.photos.map { ($0.name, $0.label) }) == [
                "Anna/1.ppm": .largestFace(of: "Anna"), "Anna/old/2.ppm": .largestFace(of: "Anna"),
                "Борис/1.ppm": .largestFace(of: "Борис"),
            ])
    }

    @Test func `Labels in the folder go before its folders, and a named file before both`() throws {
        defer { remove() }
        try Data("file,identity\nloose.ppm,Vera\n".utf8).write(to: folder.appendingPathComponent("labels.csv"))
        #expect(try EvaluationSet(folder: folder).photos.map(\.name) == ["loose.ppm"])
        let other = folder.appendingPathComponent("other.csv")
        try Data("file,identity\nAnna/1.ppm,Vera\n".utf8).write(to: other)
        #expect(try EvaluationSet(folder: folder, labels: other).photos.map(\.name) == ["Anna/1.ppm"])
        try Data([0x66, 0xFF, 0xFE]).write(to: other)
        #expect(throws: EvaluationError.notUTF8(file: "other.csv")) {
            try EvaluationSet(folder: folder, labels: other)
        }
        #expect(throws: EvaluationError.self) {
            try EvaluationSet(folder: folder, labels: folder.appendingPathComponent("missing.csv"))
        }
    }

    @Test func `A folder that says nothing of people is refused`() throws {
        defer { remove() }
        let plain = folder.appendingPathComponent("Anna/old")
        #expect(throws: EvaluationError.noLabels(folder: plain.path)) { try EvaluationSet(folder: plain) }
        #expect(throws: PhotoIntakeError.noSuchPath(folder.path + "/none")) {
            try EvaluationSet(folder: folder.appendingPathComponent("none"))
        }
    }
}
