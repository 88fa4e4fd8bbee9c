public import FaceCore
public import FaceStore
public import Foundation

/// The original photos of a person, to be handed out under names of their own.
public struct PhotoCollection: Sendable {
    /// A photo's file and what it is called among the others.
    public struct Entry: Sendable, Hashable {
        public let name: String
        public let url: URL
        /// When the collection was made; a file that has changed since is not handed out.
        public let byteCount: Int
        /// Seconds since 1970 UTC.
        public let modifiedAt: Int

        init(name: String, url: URL, byteCount: Int, modifiedAt: Int) {
            self.name = name
            self.url = url
            self.byteCount = byteCount
            self.modifiedAt = modifiedAt
        }
    }

    public let person: Person
    /// The photos, newest first.
    public let entries: [Entry]
    /// What the photos are called whose files are gone, or were changed since they were scanned.
    public let missing: [String]
    /// What a list of them is called among the others.
    let listName: String

    /// Reads which photos show a person. Blocks on the disk.
    ///
    /// - Throws: `LibraryError.unknownPerson`, also of a deleted one; `.noPhotos` when none of her photos is there;
    ///   `.store`.
    public init(of id: PersonID, in store: any LibraryStore, folders: LibraryFolders) throws(LibraryError) {
        guard let person = try storing({ () throws(FaceStoreError) in try store.persons.person(id) }) else {
            throw .unknownPerson(id.description)
        }
        let originals = OriginalFiles(store: store, folders: folders)
        var names = ArchiveNames()
        var entries: [Entry] = []
        var missing: [String] = []
        var cursor: PageCursor?
        repeat {
            let after = cursor
            let page = try storing { () throws(FaceStoreError) in
                try store.photos.page(PhotoFilter(person: id), after: after, limit: 200)
            }
            cursor = page.next
            for photo in page.elements.map(\.photo) {
                let file = try originals.present(photo)
                let name = names.name(
                    for: photo.upload?.displayName ?? file?.url.lastPathComponent ?? "photo-\(photo.id)",
                    format: photo.metadata?.format ?? .jpeg)
                if let file {
                    entries.append(
                        Entry(
                            name: name, url: file.url, byteCount: file.place.byteCount,
                            modifiedAt: Int(file.place.modifiedAtNanoseconds / 1_000_000_000)))
                } else {
                    missing.append(name)
                }
            }
        } while cursor != nil
        guard !entries.isEmpty else { throw .noPhotos(id.description) }
        self.person = person
        self.entries = entries
        self.missing = missing
        listName = names.name(for: "missing.txt", format: .jpeg)
    }
}

extension OriginalFiles {
    /// A photo's file and its state; nil when it is gone, or is not the photo any more.
    fileprivate func present(_ photo: StoredPhoto) throws(LibraryError) -> (url: URL, place: PhotoLocation)? {
        do throws(LibraryError) {
            let url = try file(of: photo)
            guard let place = try? PhotoLocation(ofFileAt: url.path), place.byteCount == photo.byteCount else {
                return nil
            }
            return (url, place)
        } catch .unknownPicture {
            return nil
        } catch {
            throw error
        }
    }
}
