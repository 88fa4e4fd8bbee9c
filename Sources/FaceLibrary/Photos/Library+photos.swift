public import FaceCore
public import FaceStore

/// A photo and the faces on it.
public struct PhotoDetails: Sendable, Hashable {
    public let photo: StoredPhoto
    /// In the order in which they were found.
    public let faces: [ListedFace]
    /// The names of the persons on it.
    public let names: [PersonID: String]

    public init(photo: StoredPhoto, faces: [ListedFace], names: [PersonID: String]) {
        self.photo = photo
        self.faces = faces
        self.names = names
    }
}

extension Library {
    /// The photos that meet a filter, last added first.
    public func photos(
        _ filter: PhotoFilter = PhotoFilter(), after cursor: PageCursor? = nil, limit: Int = 100
    ) throws(LibraryError) -> Page<ListedPhoto> {
        try storing { () throws(FaceStoreError) in try store.photos.page(filter, after: cursor, limit: limit) }
    }

    /// A photo with its faces; nil when there is none, or it could not be analysed.
    public func photo(_ id: PhotoID) throws(LibraryError) -> PhotoDetails? {
        try storing { () throws(FaceStoreError) -> PhotoDetails? in
            guard let photo = try store.photos.photo(id), photo.state.isAnalyzed else { return nil }
            let faces = try store.faces.listed(on: id)
            return PhotoDetails(photo: photo, faces: faces, names: try store.names(of: faces))
        }
    }

    /// Removes a photo and its faces from the library; the file too when it was uploaded. Files elsewhere stay.
    ///
    /// - Throws: `LibraryError.unknownPhoto`.
    public func deletePhoto(_ id: PhotoID) throws(LibraryError) {
        do throws(FaceStoreError) {
            try store.photos.forget(id)
        } catch .unknownPhoto {
            throw .unknownPhoto(id.description)
        } catch {
            throw .store(error)
        }
        pictures.forget(id)
        changed(.people, .photos)
        statsChanged()
        cleaning.ring()
    }
}

extension LibraryStore {
    /// What the persons of some faces are called.
    func names(of faces: [ListedFace]) throws(FaceStoreError) -> [PersonID: String] {
        var names: [PersonID: String] = [:]
        for person in Set(faces.compactMap(\.person)) {
            names[person] = try persons.person(person)?.displayName
        }
        return names
    }
}
