import FaceCore
public import FaceStore

/// Reads back what the library knows of a scan's photos.
public struct LibraryListing: Sendable {
    private let store: any LibraryStore

    public init(store: any LibraryStore) {
        self.store = store
    }

    /// The photos of a scan in the order of its files, with their faces, and the people on them.
    ///
    /// - Throws: `FaceStoreError`.
    public func result(of report: ScanReport) throws -> ScanResult {
        var photos: [ScanResult.ScannedPhoto] = []
        photos.reserveCapacity(report.files.count)
        var present: Set<PersonID> = []
        for (file, outcome) in report.files {
            switch outcome {
            case .failed(let reason):
                let header = try header(ofFailed: file)
                photos.append(
                    .init(file: file, width: header?.width, height: header?.height, error: reason, faces: []))
            case .analyzed(let id, _), .known(let id), .duplicate(let id):
                let faces = try store.faces.faces(on: id)
                let photo = try store.photos.photo(id)
                present.formUnion(faces.compactMap(\.person))
                photos.append(
                    .init(
                        file: file, width: photo?.metadata?.width, height: photo?.metadata?.height, error: nil,
                        faces: faces))
            }
        }
        let people = try store.persons.all().filter { present.contains($0.id) }.sorted { $0.id < $1.id }
        return ScanResult(photos: photos, people: people)
    }

    /// What is known of a photo whose header could be read and nothing more.
    private func header(ofFailed file: PhotoFile) throws -> PhotoMetadata? {
        guard file.defect == nil, let location = try? PhotoLocation(ofFileAt: file.path),
            let photo = try store.photos.photo(at: location), !photo.state.isAnalyzed
        else { return nil }
        return photo.metadata
    }
}
