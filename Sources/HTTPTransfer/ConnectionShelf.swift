import CCurl
import Synchronization

/// libcurl's handles that are not in use, each with its open connections, so that the next request need not begin anew.
///
/// Behind a lock, since requests come from any thread: a handle belongs to one request while it is out.
final class ConnectionShelf: Sendable {
    /// A handle as a number, since pointers cannot cross threads by themselves. It is nobody's while it lies here.
    private let idle = Mutex<[UInt]>([])
    private let kept: Int

    /// - Parameter kept: how many handles wait at most.
    init(kept: Int = 8) {
        self.kept = kept
    }

    deinit {
        for handle in idle.withLock({ $0 }) { lik_curl_close(UnsafeMutableRawPointer(bitPattern: handle)) }
    }

    /// nil: no memory.
    func take() -> UnsafeMutableRawPointer? {
        if let handle = idle.withLock({ $0.popLast() }) { return UnsafeMutableRawPointer(bitPattern: handle) }
        return lik_curl_open()
    }

    func giveBack(_ handle: UnsafeMutableRawPointer) {
        let number = UInt(bitPattern: handle)
        let isKept = idle.withLock { idle in
            guard idle.count < kept else { return false }
            idle.append(number)
            return true
        }
        if !isKept { lik_curl_close(handle) }
    }
}
