import FaceAnalysis
import FaceCore
import FaceLibrary
import FaceStore
import Foundation
import Imaging
import Testing

@Suite(.timeLimit(.minutes(1))) struct PicturesTests {
    private func person(_ test: TestLibrary) async throws -> PersonDetails {
        try await test.work(off: try test.upload([[TestLibrary.red, TestLibrary.blue]]))
        let person = try #require(test.library.persons().elements.last?.person.id)
        return try #require(try test.library.person(person))
    }

    private func file(_ test: TestLibrary, _ path: String, width: Int? = nil) throws(LibraryError) -> PictureFile {
        try test.library.pictures.file(at: path.split(separator: "/").map(String.init), width: width)
    }

    @Test func `The original is served as it came, with its type`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let face = try #require(try await person(test).faces.first)
        let original = try file(test, face.photo.originalPath)
        #expect(original.contentType == "image/x-portable-anymap" && original.isImmutable)
        #expect(try Data(contentsOf: original.url) == PaintedFaces.ppm([TestLibrary.red, TestLibrary.blue]))
        #expect(original.byteCount == (try Data(contentsOf: original.url).count))
    }

    @Test func `The annotated photo is drawn once and again only when a name changes`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let details = try await person(test)
        let path = try #require(details.faces.first).photo.annotatedPath
        let first = try file(test, path)
        #expect(first.contentType == "image/jpeg" && !first.isImmutable)
        let photo = try PhotoDecoder().decode(contentsOf: first.url.path)
        #expect(photo.metadata.width == 80 && photo.metadata.height == 40)
        #expect(try file(test, path) == first)
        try test.library.rename(details.person.person.id, to: "Anna")
        let second = try file(test, path)
        #expect(second.etag != first.etag || second.url != first.url)
        #expect(!FileManager.default.fileExists(atPath: first.url.path), "the old drawing is removed")
        try test.library.deletePerson(details.person.person.id)
        #expect(try file(test, path).url != second.url, "a deleted person's box is not drawn")
    }

    @Test func `Thumbnails come in steps and never larger than the photo`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let photo = try #require(try await person(test).faces.first).photo
        let small = try file(test, photo.originalPath, width: 60)
        #expect(try PhotoDecoder().decode(contentsOf: small.url.path).metadata.width == 64)
        #expect(try file(test, photo.originalPath, width: 1) == small)
        #expect(try file(test, photo.originalPath, width: 5000).url == (try file(test, photo.originalPath)).url)
        let annotated = try file(test, photo.annotatedPath, width: 50)
        #expect(try PhotoDecoder().decode(contentsOf: annotated.url.path).metadata.width == 64)
    }

    @Test func `A face's picture shows the face`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let face = try #require(try await person(test).faces.first)
        let picture = try PhotoDecoder().decode(contentsOf: file(test, face.picturePath).url.path).photo
        let center = 3 * (picture.height / 2 * picture.width + picture.width / (face.box.x == 0 ? 3 : 2))
        #expect(picture.pixels[center] > 150 || picture.pixels[center + 2] > 150)
    }

    @Test(arguments: [
        "../lik.sqlite", "lik.sqlite", "TASK/../../lik.sqlite", "TASK/..", "TASK/.", "TASK", "/", "",
        "TASK/0001.pnm/x", "TASK/0002.pnm", "TASK/0001.jpg", "TASK/%2e%2e", "TASK/annotated-999.jpg",
        "TASK/annotated-+1.jpg", "TASK/annotated-01.jpg", "TASK/face-99.jpg", "library/1.jpg",
        "library/annotated-1.jpg",
        "TASK/0001.part", "TASK/link.jpg", "../incoming/x", "00000000-0000-0000-0000-000000000000/0001.pnm",
    ])
    func `Nothing else than a picture of the library is ever found`(path: String) async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let photo = try #require(try await person(test).faces.first).photo
        let task = String(photo.originalPath.prefix { $0 != "/" })
        let folder = test.library.folders.uploads.appendingPathComponent(task)
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("0002.pnm"),
            withDestinationURL: test.library.folders.data.appendingPathComponent("lik.sqlite"))
        let parts = path.replacingOccurrences(of: "TASK", with: task).split(
            separator: "/", omittingEmptySubsequences: false)
        #expect(throws: LibraryError.unknownPicture) { try test.library.pictures.file(at: parts.map(String.init)) }
    }

    @Test func `A photo that was scanned where it lies can be looked at, as long as it is the same file`() throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let folder = test.library.folders.data.appendingPathComponent("elsewhere")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let place = folder.appendingPathComponent("a.ppm")
        try PaintedFaces.ppm([TestLibrary.red]).write(to: place)
        let options = ScanOptions(
            jobs: 1, grouping: GroupingOptions(algorithm: .average, eps: 0.1, metric: .euclidean))
        _ = try LibraryScan(
            store: test.store, decoder: PhotoDecoder(), analyzer: PaintedFaces.analyzer, options: options
        ).run(PhotoFolder().photos(in: [folder.path]))
        let photo = try #require(test.library.photos().elements.first?.photo)
        #expect(photo.originalPath == "library/\(photo.id).pnm")
        #expect(try Data(contentsOf: file(test, photo.originalPath).url) == PaintedFaces.ppm([TestLibrary.red]))
        #expect(try file(test, photo.annotatedPath).contentType == "image/jpeg")
        try Data("something else".utf8).write(to: place)
        #expect(throws: LibraryError.unknownPicture) { try file(test, photo.originalPath) }
    }

    @Test func `A deleted photo's pictures are gone at once, its files when the eraser comes by`() async throws {
        let test = try TestLibrary()
        defer { test.remove() }
        let photo = try #require(try await person(test).faces.first).photo
        _ = try file(test, photo.annotatedPath)
        try test.library.deletePhoto(photo.id)
        for path in [photo.originalPath, photo.annotatedPath] {
            #expect(throws: LibraryError.unknownPicture) { try file(test, path) }
        }
        #expect(try test.eraser().clean() == 1)
        #expect(test.uploads.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.library.folders.drawn.path).isEmpty)
    }
}
