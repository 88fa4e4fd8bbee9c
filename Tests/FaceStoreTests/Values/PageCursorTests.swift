import FaceStore
import Testing

@Suite struct PageCursorTests {
    @Test(arguments: [
        "", "1", "_", "1_", "_1", "1_2_3", "a_1", "1 _2", "1_2\n", "99999999999999999999_1", "0_1.0", "0_1.zz",
        "0_1.ff", "0_1.00_2",
    ])
    func `Other texts are no cursors`(text: String) {
        #expect(PageCursor(text) == nil)
    }

    @Test(arguments: ["0_42", "1767225600123_7", "-5_1", "0_3.d0b0", "0_3."])
    func `A cursor comes back as it was given out`(text: String) {
        #expect(PageCursor(text)?.description == text)
    }
}
