import FaceCore
import FaceStore
import Foundation

/// Takes photos out of the library whose files are no more, so that nobody stays among the people for a photo that was
/// deleted.
struct DepartedPhotos {
    let store: any LibraryStore

    /// Drops the places below folders where no photo lies any more.
    ///
    /// - Parameters:
    ///   - listed: paths that were seen just now.
    ///   - replaced: paths of them where something lies that is no photo.
    /// - Returns: the photos that lay there; some may lie elsewhere too.
    func leaving(_ folders: [String], listed: Set<String>, replaced: Set<String>) throws -> Set<PhotoID> {
        var left: Set<PhotoID> = []
        for folder in folders {
            // Where a disk is mounted there is an empty folder while it is not.
            guard let entries = try? FolderEntry.all(in: folder), !entries.isEmpty else { continue }
            for found in try store.photos.photos(under: folder) {
                let path = found.location.path
                guard replaced.contains(path) || (!listed.contains(path) && PhotoLocation.isGone(path)) else {
                    continue
                }
                try store.photos.removeLocation(path: path)
                left.insert(found.photo.id)
            }
        }
        return left
    }

    /// Forgets the photos that lie nowhere, in the folder of uploads neither, but for those with a face of which a user said whose it is.
    ///
    /// - Returns: how many were forgotten.
    func forget(_ photos: Set<PhotoID>) throws -> Int {
        var count = 0
        for id in photos.sorted() {
            guard try store.photos.locations(of: id).isEmpty, try store.photos.photo(id)?.upload == nil,
                try !store.faces.faces(on: id).contains(where: \.isPlacedByUser)
            else { continue }
            do {
                try store.photos.forget(id)
                count += 1
            } catch {
                // Another scan may have been quicker.
                guard error == .unknownPhoto(id) else { throw error }
            }
        }
        return count
    }
}
