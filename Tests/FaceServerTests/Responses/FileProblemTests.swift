import FaceCore
import FaceLibrary
import Imaging
import Testing

@testable import FaceServer

struct FileProblemTests {
    private static let refusals: [ImagingError] =
        [
            .emptyFile, .notAPhoto(nil), .unsupportedFormat("PSD"), .truncated(.jpeg), .damaged(.png),
            .tooManyPixels(width: 30_000, height: 30_000, limit: 100_000_000),
            .tooManyPixels(width: 1_000, height: 2_500, limit: 1_000_000),
            .sideTooLong(width: 70_000, height: 10, limit: 65_500),
            .tooManyBytes(count: 120_000_000, limit: 100_000_000),
            .unreadableFile(path: "/a.jpg", reason: "Permission denied"),
        ] + ForeignContent.allCases.map { .notAPhoto($0) }

    @Test(arguments: refusals) func `Every reason for which a file is refused has its Russian words`(
        error: ImagingError
    ) {
        let russian = Sentences(.russian).fileProblem(error.message)
        #expect(russian.contains(/^[А-Я].*[а-я]{3}.*\.$/), "\(error.message) is \(russian)")
        #expect(!russian.contains(/[a-z]{3}/), "\(russian)")
        #expect(Sentences(.english).fileProblem(error.message) == error.message)
    }

    @Test func `The limit of the intake is told in Russian`() {
        let error = PhotoIntakeError.tooManyBytes(size: 120_000_000, limit: 100_000_000)
        let russian = Sentences(.russian).fileProblem(error.message)
        #expect(russian == "Файл слишком большой: 120 МБ, а допускается не больше 100.")
    }

    @Test func `A sentence that nobody knows stays as it is`() {
        #expect(Sentences(.russian).fileProblem("Something else.") == "Something else.")
    }
}
