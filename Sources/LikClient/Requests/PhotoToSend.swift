/// A photo on this machine's disk.
public struct PhotoToSend: Sendable, Hashable {
    public var path: String
    /// What the server is told that it is called.
    public var name: String
    public var byteCount: Int

    public init(path: String, name: String, byteCount: Int) {
        self.path = path
        self.name = name
        self.byteCount = byteCount
    }

    /// Photos in uploads of a bounded size, in their order; one that is larger goes alone.
    public static func batches(of photos: [PhotoToSend], count: Int = 100, bytes: Int = 256 << 20) -> [[PhotoToSend]] {
        var batches: [[PhotoToSend]] = []
        var total = 0
        for photo in photos {
            if let last = batches.last, last.count < count, total + photo.byteCount <= bytes {
                batches[batches.count - 1].append(photo)
            } else {
                batches.append([photo])
                total = 0
            }
            total += photo.byteCount
        }
        return batches
    }
}
