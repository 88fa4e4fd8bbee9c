public import FaceCore

extension Library {
    /// Everybody, newest first.
    public func exportPeople(_ format: PeopleFormat) -> ExportStream { .people(format, of: store) }

    /// People, photos and faces, as lines of JSON.
    public func exportAll(_ options: LibraryExportOptions) -> ExportStream { .library(options, of: store) }

    /// The original photos of a person.
    ///
    /// - Throws: `LibraryError.unknownPerson`, `.noPhotos`, `.store`.
    public func originals(of person: PersonID) throws(LibraryError) -> PhotoCollection {
        try PhotoCollection(of: person, in: store, folders: folders)
    }
}
