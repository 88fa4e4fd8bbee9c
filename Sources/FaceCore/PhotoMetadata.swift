/// What a file says of itself besides its pixels.
public struct PhotoMetadata: Sendable, Hashable, Codable {
    public var format: PhotoFormat
    /// Size in pixels after the EXIF orientation was applied.
    public var width: Int
    public var height: Int
    public var takenAt: CaptureTime?
    /// Maker and model as EXIF has them, for example `Canon EOS 40D`; the maker is not said twice.
    public var camera: String?

    public init(format: PhotoFormat, width: Int, height: Int, takenAt: CaptureTime? = nil, camera: String? = nil) {
        self.format = format
        self.width = width
        self.height = height
        self.takenAt = takenAt
        self.camera = camera
    }
}

/// A file format, told by a file's first bytes.
public enum PhotoFormat: String, Sendable, Codable, CaseIterable {
    case jpeg, png, webp, heic, avif, tiff, gif, bmp, ppm, jpeg2000
}

/// When a photo was taken by the camera's clock, which in most files has no time zone.
public struct CaptureTime: Sendable, Hashable, Codable, CustomStringConvertible {
    /// `YYYY-MM-DDTHH:MM:SS`, the wall clock at the place.
    public var localTime: String
    /// Minutes east of UTC, when the file says so.
    public var utcOffsetMinutes: Int?

    public init(localTime: String, utcOffsetMinutes: Int? = nil) {
        self.localTime = localTime
        self.utcOffsetMinutes = utcOffsetMinutes
    }

    /// `2013-11-01T14:37:01+01:00`; without the offset where the file does not have one.
    public var description: String {
        guard let offset = utcOffsetMinutes else { return localTime }
        guard offset != 0 else { return localTime + "Z" }
        let digits = [abs(offset) / 60, abs(offset) % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return localTime + (offset < 0 ? "-" : "+") + digits.joined(separator: ":")
    }
}
