import FaceAnalysis
import FaceLibrary
import FaceStore

/// A change of people that a command makes in the library of its flags.
struct LibraryEdit {
    private let wiring: Wiring
    let store: any LibraryStore

    init(_ flags: LibraryFlags) throws {
        wiring = Wiring(settings: try Settings())
        store = try wiring.store(flags, mustExist: true)
    }

    @discardableResult
    func perform(_ edit: PersonEdit) throws -> EditResult { try store.journal.perform(edit) }

    /// Looks for people for faces that belong to nobody by now. Without a model pack the next scan does.
    func regroup() throws {
        guard let model = try store.embeddingModel(), let pack = try? wiring.installedPack(),
            pack.embedderModel == model
        else { return }
        try PersonGrouping(store: store, options: wiring.grouping(for: pack.manifest)).run(model: model)
    }
}
