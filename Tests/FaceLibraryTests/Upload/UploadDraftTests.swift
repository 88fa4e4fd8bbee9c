import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Testing

@Suite struct UploadDraftTests {
    private func incoming(_ test: TestLibrary) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: test.library.folders.incoming.path)
    }

    private func append(_ data: Data, to draft: UploadDraft) throws {
        try data.withUnsafeBytes { try draft.append($0) }
    }

    @Test func `What was uploaded lies byte by byte under its task, by the format of its content`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let photo = PaintedFaces.ppm([TestLibrary.red, TestLibrary.blue])
        let id = try test.upload([("photo.jpg", photo), ("второй.ppm", PaintedFaces.ppm([]))])
        #expect(test.uploads == ["\(id.name)/0001.pnm", "\(id.name)/0002.pnm"])
        let file = test.library.folders.uploads.appendingPathComponent("\(id.name)/0001.pnm")
        #expect(try Data(contentsOf: file) == photo)
        #expect(try test.library.files(ofTask: id).map(\.displayName) == ["photo.jpg", "второй.ppm"])
        #expect(try incoming(test).isEmpty)
        let claim = try #require(try test.store.queue.claim(worker: "w", lease: .seconds(9)))
        #expect(claim.file.contentHash == PhotoBytes.hash([UInt8](photo)) && claim.file.byteCount == photo.count)
    }

    @Test func `A draft that is let go leaves nothing behind`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        do {
            let draft = try test.library.beginUpload()
            try draft.beginFile(displayName: "a.ppm")
            try append(PaintedFaces.ppm([TestLibrary.red]), to: draft)
            #expect(try incoming(test) == [draft.id.name])
        }
        #expect(try incoming(test).isEmpty)
        #expect(try test.library.stats().tasks == 0)
    }

    @Test func `An upload without files is refused`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let draft = try test.library.beginUpload()
        #expect(throws: LibraryError.emptyUpload) { try test.library.commit(draft) }
        #expect(try test.library.stats().tasks == 0)
    }

    @Test func `A draft can be committed once`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let draft = try test.library.beginUpload()
        try draft.beginFile(displayName: "a.ppm")
        try append(PaintedFaces.ppm([TestLibrary.red]), to: draft)
        _ = try test.library.commit(draft)
        #expect(throws: LibraryError.self) { try test.library.commit(draft) }
        draft.discard()
        #expect(test.uploads.count == 1)
    }

    @Test func `Limits hold, and a file over them takes no other along`() throws {
        let limits = LibraryLimits(filesPerUpload: 3, bytesPerFile: 10_000, bytesPerUpload: 20_000)
        let test = try TestLibrary(options: LibraryOptions(limits: limits))
        defer { test.remove() }
        let draft = try test.library.beginUpload()
        try draft.beginFile(displayName: "large.ppm")
        #expect(throws: LibraryError.fileTooLarge(name: "large.ppm", limit: 10_000)) {
            try append(Data(count: 10_001), to: draft)
        }
        try draft.beginFile(displayName: "fits.ppm")
        try append(PaintedFaces.ppm([TestLibrary.red]), to: draft)
        try draft.beginFile(displayName: "too much.ppm")
        #expect(throws: LibraryError.uploadTooLarge(limit: 20_000)) { try append(Data(count: 10_000), to: draft) }
        #expect(throws: LibraryError.tooManyFiles(limit: 3)) { try draft.beginFile(displayName: "fourth") }
        let id = try test.library.commit(draft)
        #expect(try test.library.files(ofTask: id).map(\.displayName) == ["fits.ppm"])
        #expect(test.uploads.count == 1)
    }

    @Test(arguments: [
        ("photo.jpg", "photo.jpg"), ("../../etc/passwd", "passwd"), ("C:\\Users\\me\\ya.png", "ya.png"),
        ("Фото №1.jpg", "Фото №1.jpg"), ("a\u{202E}gpj.exe", "agpj.exe"), ("line\nbreak\u{0}.jpg", "linebreak.jpg"),
        ("", "photo"), ("///", "photo"), (String(repeating: "я", count: 300), String(repeating: "я", count: 255)),
    ])
    func `Names are kept to be shown and lose what is no name`(given: String, shown: String) throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let id = try test.upload([(given, PaintedFaces.ppm([TestLibrary.red]))])
        #expect(try test.library.files(ofTask: id).map(\.displayName) == [shown])
        #expect(test.uploads == ["\(id.name)/0001.pnm"])
    }

    @Test func `A folder that cannot be written to is an error and not half an upload`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let draft = try test.library.beginUpload()
        try draft.beginFile(displayName: "a.ppm")
        try append(PaintedFaces.ppm([TestLibrary.red]), to: draft)
        try FileManager.default.removeItem(at: test.library.folders.uploads)
        #expect(throws: LibraryError.self) { try test.library.commit(draft) }
        #expect(try test.library.stats().tasks == 0)
        #expect(try incoming(test).isEmpty)
    }

    @Test func `The next start removes what never became a task, and nothing else`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let kept = try test.upload([[TestLibrary.red]])
        let folders = test.library.folders
        for folder in [
            folders.incoming.appendingPathComponent(UUID().uuidString.lowercased()),
            folders.uploads.appendingPathComponent(UUID().uuidString.lowercased()),
            folders.uploads.appendingPathComponent("somebody's own"),
        ] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data("x".utf8).write(to: folder.appendingPathComponent("0001.jpg"))
        }
        #expect(try test.library.sweep() == 2)
        #expect(test.uploads == ["\(kept.name)/0001.pnm", "somebody's own/0001.jpg"])
        #expect(try incoming(test).isEmpty)
    }

    @Test func `At shutdown no upload is begun, and one that was can be committed`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let draft = try test.library.beginUpload()
        test.library.stopUploads()
        #expect(throws: LibraryError.shuttingDown) { try test.library.beginUpload() }
        try draft.beginFile(displayName: "a.ppm")
        try append(PaintedFaces.ppm([TestLibrary.red]), to: draft)
        _ = try test.library.commit(draft)
        #expect(try test.library.queueLength() == 1)
    }
}
