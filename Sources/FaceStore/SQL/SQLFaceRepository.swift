import FaceCore
import Foundation

struct SQLFaceRepository: FaceRepository {
    let connection: LibraryConnection

    func face(_ id: FaceID) throws(FaceStoreError) -> StoredFace? {
        try connection.read { try FaceTable.fetch("face.id = ?", [id.rawValue], in: $0).first }
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

    func allEmbeddings(model: ModelID) throws(FaceStoreError) -> EmbeddingTable {
        try connection.read { try EmbeddingRows.table(of: model, in: $0) }
    }

    func apply(_ change: GroupingChange) throws(FaceStoreError) -> GroupingResult {
        try connection.write { database in
            var grouping = try SQLGrouping(database: database, author: change.author, now: connection.now())
            return try grouping.apply(change)
        }
    }
}
