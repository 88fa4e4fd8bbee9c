import FaceStore
import Foundation

/// Where the library's photos lie.
struct OriginalFiles: Sendable {
    private let store: any LibraryStore
    private let folders: LibraryFolders

    init(store: any LibraryStore, folders: LibraryFolders) {
        self.store = store
        self.folders = folders
    }

    /// A photo's file: its upload, or the first of its other places where the file is still the one that was scanned.
    ///
    /// - Throws: `LibraryError.unknownPicture` when it lies nowhere any more, `.store`.
    func file(of photo: StoredPhoto) throws(LibraryError) -> URL {
        if let upload = photo.upload { return folders.uploads.appendingPathComponent(upload.storedName) }
        let places = try storing { () throws(FaceStoreError) in try store.photos.locations(of: photo.id) }
        guard let place = places.first(where: { (try? PhotoLocation(ofFileAt: $0.path)) == $0 }) else {
            throw .unknownPicture
        }
        return URL(fileURLWithPath: place.path)
    }
}
