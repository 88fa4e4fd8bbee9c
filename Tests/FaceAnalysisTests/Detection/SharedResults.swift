import Synchronization

/// What several threads came back with.
final class SharedResults<Value: Sendable>: Sendable {
    private let collected = Mutex<[Result<Value, any Error>]>([])

    var values: [Result<Value, any Error>] { collected.withLock { $0 } }

    func add(_ work: () throws -> Value) {
        let result = Result { try work() }
        collected.withLock { $0.append(result) }
    }
}
