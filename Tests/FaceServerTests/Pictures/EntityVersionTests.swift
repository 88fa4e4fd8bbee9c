import FaceServer
import Foundation
import HTTPTypes
import Testing

struct EntityVersionTests {
    private let version = EntityVersion(etag: "\"abc\"", modifiedAt: Date(timeIntervalSince1970: 784_111_777.5))

    @Test(arguments: ["\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"])
    func `A client that has the tag has the version`(field: String) {
        #expect(version.isKnown(by: [.ifNoneMatch: field]))
    }

    @Test func `Another tag counts more than the date`() {
        let fields: HTTPFields = [.ifNoneMatch: "\"x\"", .ifModifiedSince: "Sun, 06 Nov 1994 08:49:37 GMT"]
        #expect(!version.isKnown(by: fields))
    }

    @Test func `The date is compared by the second`() {
        #expect(version.isKnown(by: [.ifModifiedSince: "Sun, 06 Nov 1994 08:49:37 GMT"]))
        #expect(!version.isKnown(by: [.ifModifiedSince: "Sun, 06 Nov 1994 08:49:36 GMT"]))
        #expect(!version.isKnown(by: [.ifModifiedSince: "yesterday"]))
        #expect(!version.isKnown(by: [:]))
    }

    @Test func `A range of another version is not given`() {
        #expect(version.range(in: [.range: "bytes=0-1", .ifRange: "\"abc\""], length: 9) == .part(0...1))
        #expect(version.range(in: [.range: "bytes=0-1", .ifRange: "\"x\""], length: 9) == .whole)
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        #expect(version.range(in: [.range: "bytes=0-1", .ifRange: date], length: 9) == .part(0...1))
        #expect(version.range(in: [.range: "bytes=0-1", .ifRange: "W/\"abc\""], length: 9) == .whole)
    }
}
