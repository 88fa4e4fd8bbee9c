public import Foundation

/// A file on disk that holds a photo, and the marks by which an unchanged file is known without being read.
public struct PhotoLocation: Sendable, Hashable {
    /// Absolute, without symbolic links, `.` or `..`: two spellings of one path count as two locations.
    public var path: String
    /// Size of the file in bytes.
    public var byteCount: Int
    /// When the file was last changed, in nanoseconds since 1970 UTC.
    public var modifiedAtNanoseconds: Int64

    public init(path: String, byteCount: Int, modifiedAtNanoseconds: Int64) {
        self.path = path
        self.byteCount = byteCount
        self.modifiedAtNanoseconds = modifiedAtNanoseconds
    }

    /// Takes the modification time as a date, rounded to microseconds because a `Date` is no finer than that.
    public init(path: String, byteCount: Int, modifiedAt: Date) {
        let microseconds = (modifiedAt.timeIntervalSince1970 * 1_000_000).rounded()
        self.init(path: path, byteCount: byteCount, modifiedAtNanoseconds: Int64(microseconds) * 1000)
    }
}

/// A photo and one of the places where it lies.
public struct LocatedPhoto: Sendable, Hashable {
    public let photo: StoredPhoto
    public let location: PhotoLocation

    public init(photo: StoredPhoto, location: PhotoLocation) {
        self.photo = photo
        self.location = location
    }
}
