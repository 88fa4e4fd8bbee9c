import FaceCore
public import FaceStore

/// What an export of the whole library holds besides people, photos and faces.
public struct LibraryExportOptions: Sendable, Hashable {
    /// The vectors of the faces, which are most of the bytes.
    public var embeddings: Bool
    /// Where the photos lie on this machine.
    public var paths: Bool

    public init(embeddings: Bool = false, paths: Bool = false) {
        self.embeddings = embeddings
        self.paths = paths
    }
}

extension ExportStream {
    /// The whole library as lines of JSON, each an object whose `type` is `person`, `photo` or `face`: first all people,
    /// then each photo with the faces on it behind it.
    public static func library(_ options: LibraryExportOptions, of store: any LibraryStore) -> ExportStream {
        ExportStream(LibraryExport(options: options, store: store))
    }
}

private struct LibraryExport: ExportSource {
    private static let photosPerPiece = 20
    private let options: LibraryExportOptions
    private let store: any LibraryStore
    private var persons: PersonPages
    private var stage = Stage.people

    private enum Stage {
        case people
        case photos(after: PhotoID?)
    }

    init(options: LibraryExportOptions, store: any LibraryStore) {
        self.options = options
        self.store = store
        persons = PersonPages(store)
    }

    mutating func next() throws(LibraryError) -> [UInt8]? {
        if case .people = stage {
            if let page = try persons.next() {
                var bytes: [UInt8] = []
                for person in page { bytes += try Self.line("person", person) }
                return bytes
            }
            stage = .photos(after: nil)
        }
        guard case .photos(let last) = stage else { return nil }
        let store = store
        let photos = try storing { () throws(FaceStoreError) in
            try store.photos.photos(after: last, limit: Self.photosPerPiece)
        }
        guard let end = photos.last else { return nil }
        stage = .photos(after: end.id)
        var bytes: [UInt8] = []
        for photo in photos { bytes += try lines(photo) }
        return bytes
    }

    private func lines(_ photo: StoredPhoto) throws(LibraryError) -> [UInt8] {
        let faces = try storing { () throws(FaceStoreError) in try store.faces.faces(on: photo.id) }
        var paths: [String]?
        if options.paths {
            paths = try storing { () throws(FaceStoreError) in try store.photos.locations(of: photo.id) }.map(\.path)
        }
        var bytes = try Self.line("photo", ExportedPhoto(photo: photo, paths: paths))
        for face in faces {
            bytes += try Self.line("face", ExportedFace(face: face, includesEmbedding: options.embeddings))
        }
        return bytes
    }

    private static func line(_ type: String, _ fields: some Encodable) throws(LibraryError) -> [UInt8] {
        try ExportLine.json(Typed(type: type, fields: fields)) + [UInt8(ascii: "\n")]
    }
}

/// The fields of a thing and what kind of thing it is.
private struct Typed<Fields: Encodable>: Encodable {
    let type: String
    let fields: Fields

    private enum CodingKeys: String, CodingKey { case type }

    func encode(to encoder: any Encoder) throws {
        try fields.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(type, forKey: .type)
    }
}
