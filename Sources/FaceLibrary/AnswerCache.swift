public import FaceCache
public import FaceCore
public import Foundation

/// The cache in front of what is asked often: whole answers, as the bytes that go out, so that a hit costs no reading, no
/// encoding and no thread.
///
/// Every change that goes through `Library` ends the answers that it touches before it returns, so nobody misses what he
/// has just written; of changes by other processes these tell, and `AnswerCatchUp` finds those of which nobody told.
public struct AnswerCache: Sendable {
    public let driver: any CacheDriver

    public init(_ driver: any CacheDriver) {
        self.driver = driver
    }

    /// The answer under a key if it is there and can be had without waiting: to be asked on an event loop before a thread
    /// is taken. Nil says nothing but that `answer(_:make:)` has to be called.
    public func immediate(_ key: CacheKey) -> [UInt8]? {
        driver.isImmediate ? driver.peek(key) : nil
    }

    /// The answer under a key, made when it is not there. Call it where blocking is allowed.
    ///
    /// - Parameter make: reads the library and encodes. An answer during whose making the topic changed is returned, for
    ///   it was right when it was asked for, and not kept.
    public func answer<Failure: Error>(
        _ key: CacheKey, make: () throws(Failure) -> [UInt8]
    ) throws(Failure) -> [UInt8] {
        if let known = driver.get(key) { return known }
        let generation = driver.generation(of: key.topic)
        let bytes = try make()
        driver.set(key, to: bytes, generation: generation)
        return bytes
    }
}

extension CacheTopic {
    /// `LibraryStats`.
    public static let stats = CacheTopic("stats")
    /// Everything that shows people: lists, one person, search, faces with names.
    public static let people = CacheTopic("people")
    /// Photos and lists of them.
    public static let photos = CacheTopic("photos")
    /// Lists of tasks.
    public static let tasks = CacheTopic("tasks")

    /// One task. Tasks share 256 topics, so that there are not as many as tasks.
    public static func task(_ id: TaskID) -> CacheTopic { taskTopics[Int(id.uuid.15)] }

    private static let taskTopics = (0...UInt8.max).map { CacheTopic("task-\($0)") }
}
