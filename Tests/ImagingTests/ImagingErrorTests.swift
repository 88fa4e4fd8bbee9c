import FaceCore
import Imaging
import Testing

@Suite struct ImagingErrorTests {
    @Test(arguments: [
        (ImagingError.emptyFile, "The file is empty."),
        (.notAPhoto(.pdf), "The file is not a photo: it looks like a PDF document."),
        (.notAPhoto(nil), "The file is not a photo."),
        (.unsupportedFormat("JPEG XL"), "JPEG XL pictures are not supported."),
        (.truncated(.jpeg), "The JPEG file is cut off: its end is missing."),
        (.damaged(.jpeg2000), "The JPEG 2000 file is damaged."),
        (
            .tooManyPixels(width: 5000, height: 2510, limit: 12_500_000),
            "The photo is too large: 5000 × 2510 is 12.6 megapixels, and at most 12.5 are allowed."
        ),
        (
            .sideTooLong(width: 70000, height: 2, limit: 65500),
            "The photo is too large: 70000 × 2, and a side may have at most 65500 pixels."
        ),
        (
            .tooManyBytes(count: 600_000_000, limit: 500_000_000),
            "The file is too large: 600 MB, and at most 500 MB are allowed."
        ),
        (.unreadableFile(path: "/a/b", reason: "permission denied"), "The file cannot be read: permission denied."),
        (.textNotDrawn("Anna"), "The label “Anna” cannot be drawn: is a font installed?"),
        (.notEncoded(.png), "The photo cannot be written as PNG."),
        (.libraryNotStarted, "The picture library libvips could not be started."),
    ])
    func `Every error is a sentence for people`(error: ImagingError, sentence: String) {
        #expect(error.message == sentence)
    }

    @Test func `Every format and every foreign content has a name`() {
        for format in PhotoFormat.allCases { #expect(!format.title.isEmpty) }
        for content in ForeignContent.allCases {
            #expect(ImagingError.notAPhoto(content).message.hasPrefix("The file is not a photo: it looks like "))
        }
    }
}
