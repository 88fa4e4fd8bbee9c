import FaceCore
import FaceStore
import Foundation
import Testing

/// `lik export` as a user runs it.
@Suite struct ExportCommandTests {
    private let lik: LikProcess
    private let photo = Data("P6\n1 1\n255\nabc".utf8)

    init() throws {
        lik = try LikProcess()
    }

    /// A library of two who are called Anna and one without a name, each on one scanned photo.
    private func fill() throws -> [PersonID] {
        let data = lik.home.appendingPathComponent(".local/share/lik")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        let store = try SQLiteLibraryStore(path: data.appendingPathComponent("lik.sqlite").path)
        var people: [PersonID] = []
        for (index, name) in ["Anna", "anna", nil].enumerated() {
            let file = lik.home.appendingPathComponent("photo \(index).ppm")
            try photo.write(to: file)
            var status = stat()
            try #require(stat(file.path, &status) == 0)
            let location = PhotoLocation(
                path: file.path, byteCount: photo.count,
                modifiedAtNanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
            let metadata = PhotoMetadata(format: .ppm, width: 1, height: 1)
            let model = ModelID("test/model")
            let face = AnalyzedFace(
                face: DetectedFace(
                    box: BoundingBox(x: 0, y: 0, width: 1, height: 1),
                    landmarks: Landmarks(layout: .eyesNoseMouth, points: (0..<5).map { Point(Double($0), 0) }),
                    detectionScore: 0.9),
                embedding: Embedding(model: model, vector: [Float(index), 1]))
            let recorded = try store.photos.record(
                NewPhoto(
                    contentHash: ContentHash(rawValue: String(repeating: "\(index)", count: 64)),
                    byteCount: photo.count, metadata: metadata, model: model),
                at: location, faces: [face])
            let created = try store.faces.apply(GroupingChange(created: [[recorded.faces[0].id]])).created
            let person = try #require(created[0])
            if let name { try store.persons.rename(person, to: name) }
            people.append(person)
        }
        try store.close()
        return people
    }

    @Test func `People are printed as CSV and JSON`() throws {
        defer { lik.remove() }
        _ = try fill()
        let table = try lik.run("export", "people")
        #expect(table.status == 0 && table.errors.isEmpty)
        let rows = table.output.split(separator: "\r\n")
        #expect(rows.count == 4 && rows[0].hasPrefix("id,name,") && rows.contains { $0.contains(",Anna,1,1,") })
        let json = try lik.run("export", "people", "--format", "json").output
        #expect((try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [Any])?.count == 3)
        #expect(try lik.run("export", "people", "--format", "xml").status == 2)
    }

    @Test func `The library is printed a line each, with paths`() throws {
        defer { lik.remove() }
        _ = try fill()
        let lines = try lik.run("export", "library").output.split(separator: "\n")
        #expect(lines.count == 3 + 3 + 3)
        #expect(lines.contains { $0.contains("\"paths\":[\"\(lik.path("photo 0.ppm"))\"]") })
        #expect(!lines.contains { $0.contains("embedding") })
        #expect(try lik.run("export", "library", "--embeddings").output.contains("\"embedding\":[0,1]"))
    }

    @Test func `A person's photos are copied into a folder or a zip file, by number or by name`() throws {
        defer { lik.remove() }
        let people = try fill()
        let folder = try lik.run("export", "person", "\(people[0])", "--to", lik.path("out/Anna"))
        #expect(folder.status == 0, "\(folder.errors)")
        #expect(folder.output == "1 photo of Anna in \(lik.path("out/Anna")).\n")
        #expect(FileManager.default.contents(atPath: lik.path("out/Anna/photo 0.ppm")) == photo)
        let again = try lik.run("export", "person", "\(people[0])", "--to", lik.path("out/Anna"))
        #expect(again.status == 1 && again.errors.contains("exists already"))
        let zip = try lik.run("export", "person", "PERSON_\(people[2])", "--to", lik.path("b.ZIP"))
        #expect(zip.status == 0, "\(zip.errors)")
        #expect(
            FileManager.default.contents(atPath: lik.path("b.ZIP"))?.starts(with: Data("PK\u{3}\u{4}".utf8)) == true)
    }

    @Test func `Who is not clear, or whose photos are gone, is said`() throws {
        defer { lik.remove() }
        let people = try fill()
        let several = try lik.run("export", "person", "anna", "--to", lik.path("out"))
        #expect(several.status == 1)
        #expect(
            several.errors
                == "lik: Several people are called “anna”; say which by number: \(people[0]), \(people[1]).\n")
        let nobody = try lik.run("export", "person", "Vera", "--to", lik.path("out"))
        #expect(nobody.status == 1 && nobody.errors == "lik: There is nobody with the number or the name “Vera”.\n")
        try FileManager.default.removeItem(atPath: lik.path("photo 0.ppm"))
        let gone = try lik.run("export", "person", "\(people[0])", "--to", lik.path("out"))
        #expect(gone.status == 1 && gone.errors.contains("There is no photo of person"))
        #expect(!FileManager.default.fileExists(atPath: lik.path("out")))
        #expect(try LikProcess().run("export", "people").errors.contains("There is no library"))
    }

    @Test func `A reader that went away ends an export without words`() throws {
        defer { lik.remove() }
        _ = try fill()
        let (process, output, errors) = try lik.start(["export", "library"])
        try output.fileHandleForReading.close()
        process.waitUntilExit()
        // It may have been quicker than the closing.
        #expect(process.terminationReason == .exit && [0, 1].contains(process.terminationStatus))
        #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
    }
}
