import CVips
public import FaceCore

/// The libvips that photos are decoded with: what `lik doctor` asks.
public enum ImagingLibrary {
    /// Its version, for example `8.14.1`.
    ///
    /// - Throws: `ImagingError.libraryNotStarted`.
    public static func version() throws(ImagingError) -> String {
        try VipsLibrary.start()
        return String(cString: lik_version())
    }

    /// The formats that this build of libvips lacks; BMP and PPM are read by Lik itself and are never missing.
    ///
    /// - Throws: `ImagingError.libraryNotStarted`.
    public static func missingFormats() throws(ImagingError) -> [PhotoFormat] {
        try VipsLibrary.start()
        return PhotoFormat.allCases.filter { format in
            format.loader.map { !lik_has_loader($0) } ?? false
        }
    }
}
