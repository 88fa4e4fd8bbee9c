import FaceCache
import FaceLibrary
import FaceStore

/// What the commands that recognise faces are made of.
struct RecognitionDesk {
    let recognition: Recognition
    private let maximumBytes: Int

    /// - Parameter store: whom faces are compared with.
    init(_ wiring: Wiring, store: any LibraryStore) throws {
        let library = Library(
            store: store, folders: wiring.folders(), cache: MemoryCacheDriver(), decoder: try wiring.decoder())
        let models = try wiring.models(store: store)
        let search = try wiring.peopleSearch(store: store)
        // No server may be there that does it.
        if let search { try search.keepInStep(models.pack()) }
        recognition = Recognition(library: library, models: models, search: search)
        maximumBytes = try wiring.maximumBytes()
    }

    func probe(_ path: String) throws -> ProbeImage { try recognition.faces(on: bytes(of: path)) }

    func bytes(of path: String) throws -> [UInt8] {
        try PhotoBytes(contentsOf: Settings.absolute(path), limit: maximumBytes).bytes
    }
}
