public import FaceCore

/// A photo with what its file says of it.
public struct DecodedPhoto: Sendable, Equatable {
    public let photo: Photo
    public let metadata: PhotoMetadata

    public init(photo: Photo, metadata: PhotoMetadata) {
        self.photo = photo
        self.metadata = metadata
    }
}

/// Makes photos out of files: upright, sRGB, eight bits a channel, alpha flattened on white.
///
/// The format is told by a file's first bytes. The EXIF orientation is applied, an embedded ICC profile converted (a
/// broken one ignored); of an animation the first frame is taken, of a TIFF the first page. Safe to use from any number
/// of threads at once; each call works on the thread that makes it.
public struct PhotoDecoder: Sendable {
    /// Neither side of a photo may be longer: it is the most that a JPEG file can hold.
    public static let maximumSide = 65_500

    /// Photos of more pixels are refused before any is decoded.
    public let maximumPixels: Int
    /// Files of more bytes are not read by `decode(contentsOf:)`.
    public let maximumBytes: Int

    public init(maximumPixels: Int = 100_000_000) {
        self.init(maximumPixels: maximumPixels, maximumBytes: 500_000_000)
    }

    public init(maximumPixels: Int, maximumBytes: Int) {
        self.maximumPixels = maximumPixels
        self.maximumBytes = maximumBytes
    }

    /// What a file says of its photo: reads the header only, and checks the limits.
    ///
    /// - Throws: any `ImagingError` that `decode` would throw before it looks at pixels.
    public func probe(_ bytes: [UInt8]) throws(ImagingError) -> PhotoMetadata {
        let format = try PhotoFormat(firstBytes: bytes)
        if let reader = try format.bitmapReader(bytes) {
            return try metadata(of: reader, format: format)
        }
        return try VipsPicture.withPicture(bytes, format: format) { (picture) throws(ImagingError) in
            try metadata(of: picture, format: format, bytes: bytes)
        }
    }

    /// Decodes a file's bytes.
    ///
    /// - Throws: `ImagingError`: `.emptyFile`, `.notAPhoto`, `.unsupportedFormat`, `.tooManyPixels`, `.sideTooLong`,
    ///   `.truncated` or `.damaged`.
    public func decode(_ bytes: [UInt8]) throws(ImagingError) -> DecodedPhoto {
        let format = try PhotoFormat(firstBytes: bytes)
        if let reader = try format.bitmapReader(bytes) {
            let metadata = try metadata(of: reader, format: format)
            return DecodedPhoto(photo: try reader.decoded(), metadata: metadata)
        }
        return try VipsPicture.withPicture(bytes, format: format) { (picture) throws(ImagingError) in
            let metadata = try metadata(of: picture, format: format, bytes: bytes)
            guard let photo = picture.decoded() else {
                throw format.isCutOff(bytes) ? .truncated(format) : .damaged(format)
            }
            return DecodedPhoto(photo: photo, metadata: metadata)
        }
    }

    /// Reads and decodes a file; one whose beginning is of no photo is not read further.
    ///
    /// - Throws: as `decode(_:)`, and `ImagingError.unreadableFile` or `.tooManyBytes`.
    public func decode(contentsOf path: String) throws(ImagingError) -> DecodedPhoto {
        try decode(PhotoFileReader(path: path).bytes(atMost: maximumBytes))
    }

    private func metadata(of reader: any BitmapReader, format: PhotoFormat) throws(ImagingError) -> PhotoMetadata {
        try check(width: reader.width, height: reader.height, limit: maximumPixels)
        return PhotoMetadata(format: format, width: reader.width, height: reader.height)
    }

    private func metadata(
        of picture: VipsPicture, format: PhotoFormat, bytes: [UInt8]
    ) throws(ImagingError) -> PhotoMetadata {
        try check(width: picture.width, height: picture.height, limit: limit(for: picture, format: format))
        // A TIFF file is itself what an EXIF block is made like.
        let exif = (format == .tiff ? bytes : picture.exif).flatMap(ExifReader.init)
        return PhotoMetadata(
            format: format, width: picture.width, height: picture.height, takenAt: exif?.takenAt,
            camera: exif?.camera)
    }

    private func check(width: Int, height: Int, limit: Int) throws(ImagingError) {
        // The area first: it is what the setting is about. No product overflows, as no format has longer sides.
        guard width <= limit / height else { throw .tooManyPixels(width: width, height: height, limit: limit) }
        guard max(width, height) <= Self.maximumSide else {
            throw .sideTooLong(width: width, height: height, limit: Self.maximumSide)
        }
    }

    /// Pictures whose decoders hold more than eight bytes a pixel get fewer pixels, so that the memory stays the same.
    private func limit(for picture: VipsPicture, format: PhotoFormat) -> Int {
        maximumPixels * 8 / max(picture.bytesPerPixel, 8)
    }
}
