import FaceStore
import Foundation
import Testing

/// The command as a user runs it: a process, its output and its exit code, on the tiny random models.
@Suite struct CommandTests {
    private let lik: LikProcess

    init() throws {
        lik = try LikProcess()
    }

    private func installPack() throws {
        try TinyPack.write(to: lik.home.appendingPathComponent("tiny"))
        let installed = try lik.run("models", "install", lik.path("tiny"))
        try #require(installed.status == 0, "\(installed.errors)")
        try TinyPack.correctDimension(
            in: lik.home.appendingPathComponent(".local/share/lik/models/tiny"), to: 32)
    }

    private func putPhotos(_ count: Int, in folder: String = "photos", seed: Int = 1) throws -> String {
        let photos = lik.home.appendingPathComponent(folder)
        try FileManager.default.createDirectory(at: photos, withIntermediateDirectories: true)
        for index in 0..<count {
            try TinyPack.photo(width: 200, height: 160, seed: seed + index)
                .write(to: photos.appendingPathComponent("photo \(seed + index).ppm"))
        }
        return photos.path
    }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func `A scan prints photos, faces and people as JSON, and a second one the same`() throws {
        defer { lik.remove() }
        try installPack()
        let photos = try putPhotos(3)
        let flags = ["--det-thresh", "0.3", "--max-faces", "2", "--min-size", "1"]
        let first = try lik.run(
            "scan", photos, "--json", "--embeddings", flags[0], flags[1], flags[2], flags[3], flags[4], flags[5])
        #expect(first.status == 0, "\(first.errors)")
        let document = try json(first.output)
        let entries = try #require(document["photos"] as? [[String: Any]])
        #expect(entries.map { $0["file"] as? String } == ["photo 1.ppm", "photo 2.ppm", "photo 3.ppm"])
        #expect(entries.allSatisfy { $0["width"] as? Int == 200 && $0["height"] as? Int == 160 })
        let faces = entries.flatMap { $0["faces"] as? [[String: Any]] ?? [] }
        try #require(!faces.isEmpty, "the tiny detector fires on these photos")
        for face in faces {
            #expect((face["box"] as? [Double])?.count == 4)
            #expect((face["landmarks"] as? [[Double]])?.count == 5)
            #expect((face["embedding"] as? [Double])?.count == 32)
            #expect((face["detection_score"] as? Double ?? 0) >= 0.3)
            #expect(face["person"] is Int && face["name"] is String)
        }
        let people = try #require(document["persons"] as? [[String: Any]])
        #expect(Set(people.map { $0["id"] as? Int }) == Set(faces.map { $0["person"] as? Int }))
        #expect(people.reduce(0) { $0 + ($1["faces_count"] as? Int ?? 0) } == faces.count)
        let second = try lik.run("scan", photos, "--json", "--embeddings")
        #expect(second.output == first.output)
        #expect(second.errors.contains("3 known"))
    }

    @Test func `Collections are made, changed, listed and deleted`() throws {
        defer { lik.remove() }
        #expect(
            try lik.run("collections", "create", "Staff", "--min-similarity", "0.5").output
                == "Collection 1 is Staff.\n")
        #expect(
            try lik.run("collections", "create", "Staff").errors
                == "lik: There is a collection called “Staff” already.\n")
        #expect(try lik.run("collections").output == "1  Staff  (0 people), from a similarity of 0.5\n")
        let changed = try lik.run("collections", "change", "Staff", "--name", "Crew", "--far", "0.001")
        #expect(changed.output == "1  Crew, at a false accept rate of 0.001\n")
        #expect(try lik.run("collections", "create", "A", "--far", "0.1", "--min-similarity", "1").status == 2)
        #expect(try lik.run("collections", "members", "1").output == "There is nobody in it.\n")
        #expect(try lik.run("collections", "add", "1", "7").errors == "lik: There is no person 7.\n")
        #expect(try lik.run("collections", "members", "Staff").status == 1)
        #expect(try lik.run("keys", "create", "Door", "--scope", "read", "--collection", "1").status == 0)
        #expect(try lik.run("keys").output.contains("read, collection 1"))
        #expect(try lik.run("collections", "delete", "Crew").status == 0)
        #expect(try lik.run("collections").output == "There are no collections.\n")
    }

    @Test func `Keys are made, shown once, listed without their secret, rotated and revoked`() throws {
        defer { lik.remove() }
        let made = try lik.run(
            "keys", "create", "Door", "--scope", "recognise", "--scope", "read", "--per-minute", "60")
        #expect(made.status == 0, "\(made.errors)")
        let secret = made.output.trimmingCharacters(in: .newlines)
        #expect(secret.hasPrefix("lik_") && secret.utf8.count == 47)
        let listed = try lik.run("keys").output
        #expect(listed == "1  Door  \(secret.prefix(8))…  read, recognise, 60 a minute\n")
        #expect(try lik.run("keys", "create", "Door", "--scope", "read").status == 1)
        #expect(try lik.run("keys", "create", "Window", "--scope", "everything").status == 2)
        let rotated = try lik.run("keys", "rotate", "1")
        #expect(rotated.status == 0 && rotated.output != made.output)
        #expect(try lik.run("keys", "revoke", "1").output == "The key 1, “Door”, is revoked.\n")
        #expect(try lik.run("keys").output == "There are no keys.\n")
        #expect(try lik.run("keys", "list", "--all").output.contains("(revoked "))
        #expect(try lik.run("keys", "rotate", "1").errors == "lik: The key 1 was revoked; make a new one.\n")
        #expect(try lik.run("keys", "log").output == "Nothing was asked for with a key yet.\n")
        #expect(try lik.run("keys", "forget").status == 2)
        #expect(try lik.run("keys", "forget", "--yes").output == "1 key forgotten.\n")
        #expect(try lik.run("keys", "list", "--all").output == "There are no keys.\n")
    }

    @Test func `People are listed and renamed, and the name survives the next scan`() throws {
        defer { lik.remove() }
        try installPack()
        let photos = try putPhotos(2)
        _ = try lik.run("scan", photos, "--det-thresh", "0.3", "--max-faces", "1", "--min-size", "1")
        #expect(try lik.run("people").output.contains("person_1"))
        let renamed = try lik.run("people", "rename", "1", "Анна")
        #expect(renamed.status == 0 && renamed.output == "Person 1 is now Анна.\n")
        _ = try putPhotos(1, seed: 7)
        _ = try lik.run("scan", photos, "--det-thresh", "0.3", "--max-faces", "1", "--min-size", "1")
        #expect(try lik.run("people").output.contains("Анна"))
        let listed = try lik.run("people", "list", "--json").output
        #expect(listed.contains("\"name\":\"Анна\""))
        let missing = try lik.run("people", "rename", "99", "Б")
        #expect(missing.status == 1 && missing.errors == "lik: There is no person 99.\n")
        #expect(try lik.run("people", "rename", "1", "  ").status == 1)
    }

    @Test func `Annotated copies are written beside each other, whatever the endings`() throws {
        defer { lik.remove() }
        try installPack()
        let photos = try putPhotos(1)
        try FileManager.default.copyItem(atPath: photos + "/photo 1.ppm", toPath: photos + "/photo 1.jpg")
        let scan = try lik.run(
            "scan", photos, "--annotate", lik.path("drawn"), "--det-thresh", "0.3", "--max-faces", "3", "--min-size",
            "1")
        #expect(scan.status == 0, "\(scan.errors)")
        #expect(scan.output.contains("1 duplicate"))
        let copies = try FileManager.default.contentsOfDirectory(atPath: lik.path("drawn")).sorted()
        #expect(copies == [".lik-annotated", "photo 1-2.jpg", "photo 1.jpg"])
        let copy = try Data(contentsOf: URL(fileURLWithPath: lik.path("drawn/photo 1.jpg")))
        #expect(copy.starts(with: [0xFF, 0xD8, 0xFF]))
        // A bad place is found before any work is done, a bad copy when it is written.
        let nowhere = try lik.run("scan", photos, "--annotate", "/proc/nowhere", "--db", lik.path("other.sqlite"))
        #expect(nowhere.status == 2 && nowhere.errors.contains("“/proc/nowhere” cannot be made"))
        #expect(!FileManager.default.fileExists(atPath: lik.path("other.sqlite")))
        try FileManager.default.removeItem(atPath: lik.path("drawn/photo 1.jpg"))
        try FileManager.default.createDirectory(
            atPath: lik.path("drawn/photo 1.jpg/x"), withIntermediateDirectories: true)
        let blocked = try lik.run("scan", photos, "--annotate", lik.path("drawn"))
        #expect(blocked.status == 3 && blocked.errors.contains("could not be drawn: The copy cannot be written"))
    }

    @Test func `A folder of photos never takes copies, and copies are never scanned`() throws {
        defer { lik.remove() }
        try installPack()
        let photos = try putPhotos(1)
        let original = try Data(contentsOf: URL(fileURLWithPath: photos + "/photo 1.ppm"))
        try FileManager.default.moveItem(atPath: photos + "/photo 1.ppm", toPath: photos + "/photo 1.jpg")
        let over = try lik.run("scan", photos, "--annotate", photos)
        #expect(over.status == 2 && over.errors.contains("so that no photo is overwritten"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: photos + "/photo 1.jpg")) == original)
        #expect(try FileManager.default.contentsOfDirectory(atPath: photos) == ["photo 1.jpg"])
        #expect(try lik.run("scan", photos, "--annotate", photos + "/drawn").status == 0)
        let again = try lik.run("scan", photos)
        #expect(again.status == 0 && again.output.hasPrefix("1 photo,") && again.output.contains("1 known"))
    }

    @Test func `Flags that change nothing on known photos say so`() throws {
        defer { lik.remove() }
        try installPack()
        let photos = try putPhotos(1)
        #expect(try !lik.run("scan", photos, "--max-faces", "1").output.contains("counted for new ones only"))
        let again = try lik.run("scan", photos, "--max-faces", "2").output
        #expect(again.contains("--max-faces counted for new ones only"))
    }

    @Test func `A result that cannot be written is a failure, a closed standard error is none`() throws {
        defer { lik.remove() }
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        let command = LikProcess.executable.path
        shell.arguments = [
            "-c", "'\(command)' config >/dev/full; a=$?; '\(command)' scan /nope 2>&-; b=$?; exit $((10 * a + b))",
        ]
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 11)
    }

    @Test func `A photo's faces are printed without being stored`() throws {
        defer { lik.remove() }
        try installPack()
        let photo = try putPhotos(1) + "/photo 1.ppm"
        let plain = try lik.run("faces", photo, "--det-thresh", "0.3", "--max-faces", "1", "--min-size", "1")
        #expect(plain.status == 0 && plain.output.contains("200×160, 1 face\n"), "\(plain.output)\(plain.errors)")
        let full = try lik.run(
            "faces", photo, "--json", "--embeddings", "--attributes", "--det-thresh", "0.3", "--max-faces", "1",
            "--min-size", "1")
        let faces = try #require(
            (try json(full.output)["photos"] as? [[String: Any]])?.first?["faces"] as? [[String: Any]])
        let attributes = try #require(faces.first?["attributes"] as? [String: Any])
        #expect(["female", "male"].contains(attributes["gender"] as? String))
        #expect((attributes["landmarks"] as? [[Double]])?.count == 106)
        #expect(!FileManager.default.fileExists(atPath: lik.path(".local/share/lik/lik.sqlite")))
    }

    @Test func `A bad file gives 3, names the file and leaves the rest done`() throws {
        defer { lik.remove() }
        try installPack()
        let photos = try putPhotos(1)
        try Data("no photo".utf8).write(to: URL(fileURLWithPath: photos + "/text.jpg"))
        let scan = try lik.run("scan", photos)
        #expect(scan.status == 3)
        #expect(scan.output.contains("text.jpg: The file is not a photo"))
        #expect(scan.output.contains("1 with errors"))
        let document = try json(lik.run("scan", photos, "--json").output)
        let entries = try #require(document["photos"] as? [[String: Any]])
        #expect(
            entries.map { ($0["path"] as? String)?.hasSuffix("/photos/" + ($0["file"] as? String ?? "?")) == true }
                == [true, true])
        let faces = try lik.run("faces", photos + "/text.jpg", photos + "/photo 1.ppm", "--json")
        #expect(faces.status == 3)
        let analysed = try #require(try json(faces.output)["photos"] as? [[String: Any]])
        #expect(analysed.map { ($0["error"] as? String)?.hasPrefix("The file is not a photo") } == [true, nil])
        #expect(analysed.map { $0["path"] as? String } == [photos + "/text.jpg", photos + "/photo 1.ppm"])
    }

    @Test(arguments: [
        [], ["scan"], ["scan", "--jobs", "many", "."], ["scan", ".", "--algorithm", "magic"],
        ["scan", ".", "--eps", "-1"], ["scan", ".", "--algorithm", "dbscan", "--eps", "0"],
        ["scan", ".", "--embeddings"], ["faces"], ["nonsense"], ["people", "rename", "x", "y"],
    ]) func `Bad usage gives 2 and says what is expected`(arguments: [String]) throws {
        defer { lik.remove() }
        let process = try lik.start(arguments)
        let errors = process.errors.fileHandleForReading.readDataToEndOfFile()
        process.process.waitUntilExit()
        // Without a command there is only the help.
        #expect(process.process.terminationStatus == (arguments.isEmpty ? 0 : 2))
        #expect(arguments.isEmpty || !errors.isEmpty)
    }

    @Test func `What stops the command is one sentence and 1`() throws {
        defer { lik.remove() }
        let folder = try lik.run("scan", "/no/such/folder")
        #expect(folder.status == 1 && folder.errors == "lik: There is no file or folder “/no/such/folder”.\n")
        let photos = try putPhotos(1)
        let pack = try lik.run("scan", photos)
        #expect(pack.status == 1 && pack.errors.contains("lik models install auto"))
        #expect(pack.errors.split(separator: "\n").count == 1)
        let library = try lik.run("people")
        #expect(library.status == 1 && library.errors.contains("scan a folder first"))
        try installPack()
        try Data("this is no database, and long enough to be told from one".utf8)
            .write(to: URL(fileURLWithPath: lik.path("bad.sqlite")))
        let database = try lik.run("scan", photos, "--db", lik.path("bad.sqlite"))
        #expect(database.status == 1 && database.errors.split(separator: "\n").count == 1, "\(database.errors)")
    }

    @Test func `A damaged model file and a pack of another model are refused, and nothing is lost`() throws {
        defer { lik.remove() }
        try installPack()
        let photos = try putPhotos(1)
        #expect(try lik.run("scan", photos, "--det-thresh", "0.3", "--min-size", "1").status == 0)
        let people = try lik.run("people").output
        // The same files under another name make another embedding space.
        #expect(try lik.run("models", "install", lik.path("tiny"), "--name", "other").status == 0)
        try TinyPack.correctDimension(
            in: lik.home.appendingPathComponent(".local/share/lik/models/other"), to: 32)
        let mismatch = try lik.run("scan", photos, "--pack", "other")
        #expect(mismatch.status == 1 && mismatch.errors.contains("--db"), "\(mismatch.errors)")
        let model = lik.path(".local/share/lik/models/tiny/w600k_mbf.onnx")
        try Data("damaged".utf8).write(to: URL(fileURLWithPath: model))
        let damaged = try lik.run("scan", photos, "--pack", "tiny")
        #expect(damaged.status == 1 && damaged.errors.split(separator: "\n").count == 1, "\(damaged.errors)")
        #expect(try lik.run("models", "verify").status == 1)
        #expect(try lik.run("people").output == people)
    }

    @Test func `A model with one bit flipped is refused, and no photo is stored as having no faces`() throws {
        defer { lik.remove() }
        try installPack()
        let photos = try putPhotos(1)
        let model = URL(fileURLWithPath: lik.path(".local/share/lik/models/tiny/det_500m.onnx"))
        let whole = try Data(contentsOf: model)
        var flipped = whole
        flipped[flipped.count / 2] ^= 1
        try flipped.write(to: model)
        for command in ["scan", "faces"] {
            let outcome = try lik.run(command, photos + (command == "scan" ? "" : "/photo 1.ppm"))
            #expect(outcome.status == 1 && outcome.errors.contains("det_500m.onnx has changed"), "\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        try whole.write(to: model)
        let scan = try lik.run("scan", photos, "--det-thresh", "0.3", "--min-size", "1")
        #expect(scan.status == 0 && !scan.output.contains("known"), "\(scan.output)\(scan.errors)")
    }

    @Test func `Models are listed with their licences, verified and removed`() throws {
        defer { lik.remove() }
        try installPack()
        let list = try lik.run("models").output
        #expect(list.contains("tiny: installed, in use, unverified") && list.contains("buffalo_l: not installed"))
        #expect(list.components(separatedBy: "licence:").count == 1 + 7)
        #expect(try lik.run("models", "verify").output == "tiny: intact\n")
        #expect(try lik.run("models", "remove", "tiny").status == 0)
        #expect(try lik.run("models", "remove", "tiny").status == 1)
        #expect(try lik.run("models", "verify").output == "No model pack is installed.\n")
    }

    @Test func `Config tells each setting and where it comes from`() throws {
        defer { lik.remove() }
        let config = try lik.run("config", environment: ["LIK_JOBS": "3"])
        #expect(config.status == 0)
        let lines = config.output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("LIK_JOBS ") && $0.hasSuffix(" 3  (environment)") })
        #expect(lines.contains { $0.hasPrefix("LIK_ALGORITHM ") && $0.hasSuffix(" average  (default)") })
        let bad = try lik.run("config", environment: ["LIK_CONFIG": "/no/such.conf"])
        #expect(bad.status == 1 && bad.errors.contains("/no/such.conf"))
    }

    @Test func `The doctor says what is missing`() throws {
        defer { lik.remove() }
        let bare = try lik.run("doctor")
        #expect(bare.status == 1 && bare.output.contains("missing  Model pack"))
        try installPack()
        let well = try lik.run("doctor")
        #expect(well.status == 0, "\(well.output)")
        #expect(well.output.contains("ok       ONNX Runtime: 1.31.1"))
        #expect(well.output.contains("ok       Photo formats: jpeg, png, webp, heic, avif"))
        let without = try lik.run("doctor", environment: ["LIK_ONNXRUNTIME": "/no/such/library"])
        #expect(without.status == 1 && without.output.contains("missing  ONNX Runtime"))
    }

    @Test func `Ctrl-C ends after the photos in work, and the next scan goes on`() throws {
        defer { lik.remove() }
        try installPack()
        let photos = try putPhotos(60)
        let scan = try lik.start(["scan", photos, "--jobs", "1"])
        // The library appears when the models are loaded and the first photos are about to be analysed.
        let database = lik.path(".local/share/lik/lik.sqlite")
        let deadline = Date().addingTimeInterval(20)
        while !FileManager.default.fileExists(atPath: database), Date() < deadline { usleep(2_000) }
        kill(scan.process.processIdentifier, SIGINT)
        scan.process.waitUntilExit()
        #expect(scan.process.terminationReason == .exit)
        let stored = try SQLiteLibraryStore(path: database).counts().analyzedPhotos
        if stored < 60 {
            #expect(scan.process.terminationStatus == 1)
            let summary = String(decoding: scan.output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(summary.contains("the next scan goes on from there"))
        }
        let rest = try lik.run("scan", photos)
        #expect(rest.status == 0)
        #expect(try SQLiteLibraryStore(path: database).counts().analyzedPhotos == 60)
        #expect(stored == 0 || rest.output.contains("\(stored) known"))
    }
}
