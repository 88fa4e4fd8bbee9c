import FaceCore
import Testing

@testable import FaceLibrary

@Suite struct AnnotatedFolderTests {
    @Test func `Copies keep their folders, end in jpg and never overwrite each other`() {
        let names = ["a/x.png", "a/x.jpg", "A/X.heic", "b/x", "Фото лица.webp", "a/x-2.gif"]
        #expect(
            AnnotatedFolder.copyNames(for: names)
                == ["a/x.jpg", "a/x-2.jpg", "A/X-3.jpg", "b/x.jpg", "Фото лица.jpg", "a/x-2-2.jpg"])
    }
}
