import FaceStore
import Foundation
import Testing

@Suite struct PhotoLocationTests {
    @Test func `A date gives whole microseconds`() {
        let location = PhotoLocation(
            path: "/a", byteCount: 1, modifiedAt: Date(timeIntervalSince1970: 1_700_000_000.123456))
        #expect(location.modifiedAtNanoseconds == 1_700_000_000_123_456_000)
    }
}
