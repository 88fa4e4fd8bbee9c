import Testing

@testable import FaceAnalysis

@Suite struct DetectorInputTests {
    @Test(arguments: [
        (640, 480, 640, 480), (4000, 3000, 640, 480), (3000, 4000, 480, 640), (1000, 667, 640, 448),
        (500, 500, 640, 640), (1, 1, 640, 640), (1280, 721, 640, 384),
    ])
    func `The longer side fills the input and the other one is rounded up to whole cells`(
        photoWidth: Int, photoHeight: Int, width: Int, height: Int
    ) {
        let sizes = DetectorInput.photoAspect(longerSide: 640, secondPass: nil)
            .sizes(photoWidth: photoWidth, photoHeight: photoHeight)
        #expect(sizes == [InputSize(width: width, height: height)])
    }

    @Test(arguments: [(1280, 640, 640, 320), (5120, 640, 1280, 160), (12000, 400, 2496, 96), (1, 3000, 32, 2560)])
    func `A panorama gets as many pixels as a photo of aspect two to one, within a limit`(
        photoWidth: Int, photoHeight: Int, width: Int, height: Int
    ) {
        let sizes = DetectorInput.photoAspect(longerSide: 640, secondPass: nil)
            .sizes(photoWidth: photoWidth, photoHeight: photoHeight)
        #expect(sizes == [InputSize(width: width, height: height)])
    }

    @Test func `The small pass comes first and keeps the aspect too`() {
        let sizes = DetectorInput.photoAspect().sizes(photoWidth: 1600, photoHeight: 1200)
        #expect(sizes == [InputSize(width: 128, height: 96), InputSize(width: 640, height: 480)])
    }

    @Test func `Two passes of one size are one`() {
        let sizes = DetectorInput.photoAspect(longerSide: 128, secondPass: 128).sizes(photoWidth: 9, photoHeight: 9)
        #expect(sizes == [InputSize(width: 128, height: 128)])
    }

    @Test func `A fixed size is the same for every photo`() {
        let sizes = DetectorInput.fixed(width: 640, height: 320).sizes(photoWidth: 10, photoHeight: 99)
        #expect(sizes == [InputSize(width: 640, height: 320)])
    }
}
