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

    /// At most so many bytes are sent for it: the photo, and what a form has around it.
    var formByteCount: Int { byteCount + 3 * name.utf8.count + 512 }

    /// Photos in uploads of a bounded size, in their order; one that is larger goes alone.
    ///
    /// - Parameter limits: the server's, which bound the uploads too.
    public static func batches(
        of photos: [PhotoToSend], count: Int = 100, bytes: Int = 256 << 20, limits: RemoteLimits = RemoteLimits()
    ) -> [[PhotoToSend]] {
        let count = min(count, limits.filesPerUpload)
        var batches: [[PhotoToSend]] = []
        var total = 0
        var sent = 0
        for photo in photos {
            let isRoom = total + photo.byteCount <= bytes && sent + photo.formByteCount <= limits.bytesPerUpload
            if isRoom, let last = batches.last, last.count < count {
                batches[batches.count - 1].append(photo)
            } else {
                batches.append([photo])
                (total, sent) = (0, 0)
            }
            total += photo.byteCount
            sent += photo.formByteCount
        }
        return batches
    }
}
