import Foundation
import Testing

@testable import FaceLibrary

@Suite struct WrittenFoldersTests {
    @Test func `Each folder is on disk once the next one is begun, and the last one at the end`() throws {
        let (a, b) = (URL(fileURLWithPath: "/a"), URL(fileURLWithPath: "/b"))
        var done: [URL] = []
        var folders = WrittenFolders { done.append($0) }
        for folder in [a, a] { try folders.writes(into: folder) }
        #expect(done.isEmpty)
        try folders.writes(into: b)
        #expect(done == [a])
        try folders.writes(into: a)
        try folders.finish()
        try folders.finish()
        #expect(done == [a, b, a])
    }
}
