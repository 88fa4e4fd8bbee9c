import CVips

/// The one start of libvips in this process.
enum VipsLibrary {
    private static let isStarted = lik_start()

    /// To be called before anything else of libvips; costs nothing after the first time.
    static func start() throws(ImagingError) {
        guard isStarted else { throw .libraryNotStarted }
    }
}
