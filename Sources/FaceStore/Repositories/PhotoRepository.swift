public import FaceCore

/// The photos of a library and where they lie.
public protocol PhotoRepository: Sendable {
    func photo(_ id: PhotoID) throws(FaceStoreError) -> StoredPhoto?

    /// The photo that was found at this path when the file had the same size and modification time: an unchanged file
    /// need not be read again.
    func photo(at location: PhotoLocation) throws(FaceStoreError) -> StoredPhoto?

    func photo(withHash hash: ContentHash) throws(FaceStoreError) -> StoredPhoto?

    /// Stores an analysed photo, its faces (in the given order) and where it lies, as a whole or not at all.
    ///
    /// The same content is stored once, whoever comes first: later calls, also at the same time from other threads and
    /// processes, get the stored photo and at most add a location. A photo that had failed before becomes an analysed
    /// one.
    ///
    /// - Throws: `FaceStoreError.modelMismatch` when the photo or one of its faces was analysed with another model than
    ///   the library's, `.dimensionMismatch`, `.invalidFace`.
    func record(_ photo: NewPhoto, at location: PhotoLocation?, faces: [AnalyzedFace])
        throws(FaceStoreError) -> RecordedPhoto

    /// Stores that a file could not be analysed and why; a photo that was analysed before stays so. For files whose
    /// bytes cannot even be read there is no photo to store: they belong into the errors of the task.
    func recordFailure(_ photo: FailedPhoto, at location: PhotoLocation?) throws(FaceStoreError) -> RecordedPhoto

    /// Adds a place where the photo lies, or renews what is known of that place.
    ///
    /// - Returns: the photo that lay at this path before and lies nowhere now, if there is one.
    /// - Throws: `FaceStoreError.unknownPhoto`.
    @discardableResult
    func addLocation(_ location: PhotoLocation, to id: PhotoID) throws(FaceStoreError) -> PhotoID?

    /// Drops a place where no photo lies any more; the photo stays. False when the path was not known.
    @discardableResult
    func removeLocation(path: String) throws(FaceStoreError) -> Bool

    /// Where a photo lies, by path.
    func locations(of id: PhotoID) throws(FaceStoreError) -> [PhotoLocation]

    /// The photos in a folder and in those below it, by path; one that lies there twice is listed twice.
    func photos(under folder: String) throws(FaceStoreError) -> [LocatedPhoto]

    /// Photos in the order of their ids, at most `limit`, those after `id` if one is given.
    func photos(after id: PhotoID?, limit: Int) throws(FaceStoreError) -> [StoredPhoto]

    /// The photo that lies in this uploaded file.
    func photo(storedAs storedName: String) throws(FaceStoreError) -> StoredPhoto?

    /// The photos that meet a filter, last added first, at most `limit`, after a cursor if one is given. Photos that
    /// could not be analysed are left out.
    func page(
        _ filter: PhotoFilter, after cursor: PageCursor?, limit: Int
    ) throws(FaceStoreError) -> Page<ListedPhoto>

    /// Removes a photo, its faces and locations, and unnamed persons who thereby lose their last face. A file that was
    /// uploaded is noted for removal; files elsewhere stay.
    ///
    /// - Throws: `FaceStoreError.unknownPhoto`.
    func forget(_ id: PhotoID) throws(FaceStoreError)
}
