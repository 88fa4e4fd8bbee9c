import Synchronization

extension WorkerThreads {
    /// What a body makes of each element, in their order, several at a time on threads of their own.
    ///
    /// - Parameters:
    ///   - threads: how many at most, at least 1.
    ///   - report: called from these threads with the number of elements that are done, in order.
    static func map<Element: Sendable, Value: Sendable>(
        _ elements: [Element], threads: Int, name: String, report: @escaping @Sendable (Int) -> Void,
        body: @escaping @Sendable (Element) -> Value
    ) -> [Value] {
        guard !elements.isEmpty else { return [] }
        let next = Mutex(0)
        let values = Mutex<[Int: Value]>([:])
        run(count: min(threads, elements.count), name: name) {
            while let index = next.withLock({ next -> Int? in
                guard next < elements.count else { return nil }
                defer { next += 1 }
                return next
            }) {
                let value = body(elements[index])
                // Reported under the lock, so that the numbers come in order.
                values.withLock { values in
                    values[index] = value
                    report(values.count)
                }
            }
        }
        return values.withLock { $0 }.sorted { $0.key < $1.key }.map(\.value)
    }
}
