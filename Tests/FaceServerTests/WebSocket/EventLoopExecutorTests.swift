import NIOCore
import NIOPosix
import Testing

@testable import FaceServer

struct EventLoopExecutorTests {
    @Test func `A connection's tasks run on its event loop, also after waiting for another thread`() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let calls = BlockingCalls(threads: 1, capacity: 1)
        for loop in group.makeIterator() {
            try await withTaskExecutorPreference(EventLoopExecutor(loop)) {
                #expect(await isRunning(on: loop))
                let wasOnLoop = try await calls.run { loop.inEventLoop }
                #expect(!wasOnLoop)
                #expect(await isRunning(on: loop))
                async let child = isRunning(on: loop)
                #expect(await child)
            }
        }
    }

    private func isRunning(on loop: any EventLoop) async -> Bool { loop.inEventLoop }
}
