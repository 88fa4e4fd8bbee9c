import FaceCore
import Foundation

struct SQLFaceRepository: FaceRepository {
    let connection: LibraryConnection

    func face(_ id: FaceID) throws(FaceStoreError) -> StoredFace? {
        try connection.read { try FaceTable.fetch("face.id = ?", [id.rawValue], in: $0).first }
    }

    func count(on photo: PhotoID) throws(FaceStoreError) -> Int {
        try connection.read { database in try FaceTable.allBoxes(on: photo, in: database).count }
    }

    func faces(on photo: PhotoID) throws(FaceStoreError) -> [StoredFace] {
        try connection.read { try FaceTable.faces(on: photo, in: $0) }
    }

    func faces(of person: PersonID) throws(FaceStoreError) -> [StoredFace] {
        try connection.read { try FaceTable.fetch("face.person_id = ? ORDER BY face.id", [person.rawValue], in: $0) }
    }

    func unassignedFaces() throws(FaceStoreError) -> [StoredFace] {
        try connection.read {
            try FaceTable.fetch("face.person_id IS NULL AND face.is_ignored = 0 ORDER BY face.id", [], in: $0)
        }
    }

    func listed(of person: PersonID) throws(FaceStoreError) -> [ListedFace] {
        try connection.read {
            try ListedFaceTable.fetch("face.person_id = ? ORDER BY face.id", [person.rawValue], in: $0)
        }
    }

    func listed(on photo: PhotoID) throws(FaceStoreError) -> [ListedFace] {
        try connection.read {
            try ListedFaceTable.fetch("face.photo_id = ? ORDER BY face.ordinal", [photo.rawValue], in: $0)
        }
    }

    func unassigned(after cursor: PageCursor?, limit: Int) throws(FaceStoreError) -> Page<ListedFace> {
        try connection.read { database in
            let faces = try ListedFaceTable.fetch(
                "face.person_id IS NULL AND face.is_ignored = 0 AND face.id < ? ORDER BY face.id DESC LIMIT ?",
                [cursor?.id ?? .max, limit.andOneMore], in: database)
            return Page(faces, limit: limit, element: { $0 }) { PageCursor(id: $0.id.rawValue) }
        }
    }

    func ignored(after cursor: PageCursor?, limit: Int) throws(FaceStoreError) -> Page<ListedFace> {
        try connection.read { database in
            let faces = try ListedFaceTable.fetch(
                "face.is_ignored = 1 AND face.id < ? ORDER BY face.id DESC LIMIT ?",
                [cursor?.id ?? .max, limit.andOneMore], in: database)
            return Page(faces, limit: limit, element: { $0 }) { PageCursor(id: $0.id.rawValue) }
        }
    }

    func allEmbeddings(model: ModelID) throws(FaceStoreError) -> EmbeddingTable {
        try connection.read { try EmbeddingRows.table(of: model, in: $0) }
    }

    func owners(model: ModelID) throws(FaceStoreError) -> FaceOwners {
        try connection.read { try EmbeddingRows.owners(of: model, in: $0) }
    }

    func embeddings(
        of people: [PersonID], and faces: [FaceID], model: ModelID
    ) throws(FaceStoreError) -> EmbeddingTable {
        try connection.read { try EmbeddingRows.table(of: people, and: faces, of: model, in: $0) }
    }

    func changes(since version: Int64, model: ModelID) throws(FaceStoreError) -> FaceChanges? {
        try connection.read { try EmbeddingRows.changes(since: version, of: model, in: $0) }
    }

    func changeCount(since version: Int64, model: ModelID) throws(FaceStoreError) -> Int {
        try connection.read { try EmbeddingRows.changeCount(since: version, of: model, in: $0) }
    }

    func faces(without model: ModelID, after id: FaceID?, limit: Int) throws(FaceStoreError) -> [StoredFace] {
        try connection.read { database in
            let condition = """
                face.id > ? AND NOT EXISTS (
                    SELECT * FROM embedding AS other WHERE other.face_id = face.id AND other.model = ?)
                ORDER BY face.id LIMIT ?
                """
            return try FaceTable.fetch(
                condition, [id?.rawValue ?? 0, model.rawValue, max(limit, 0)], evenIfHidden: true, in: database)
        }
    }

    func addEmbeddings(
        model: ModelID, _ embeddings: [(face: FaceID, embedding: Embedding)]
    ) throws(FaceStoreError) {
        try connection.write { database in
            try EmbeddingRows.add(embeddings, of: model, precision: connection.precision, in: database)
        }
    }

    func dropEmbeddings(model: ModelID) throws(FaceStoreError) -> Int {
        let count = try connection.write { try EmbeddingRows.drop(model, in: $0) }
        if count > 0 { connection.dropOldPages() }
        return count
    }

    func apply(_ change: GroupingChange) throws(FaceStoreError) -> GroupingResult {
        try connection.write { database in
            var grouping = try SQLGrouping(database: database, author: change.author, now: connection.now())
            return try grouping.apply(change)
        }
    }
}
