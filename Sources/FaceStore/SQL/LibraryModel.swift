import FaceCore

/// The model of a library's embeddings, kept in the table `meta`.
enum LibraryModel {
    private static let modelKey = "embedding_model"
    private static let dimensionKey = "embedding_dimension"

    static func current(_ database: Database) throws -> ModelID? {
        try value(modelKey, in: database).map(ModelID.init(rawValue:))
    }

    static func adopt(_ model: ModelID, in database: Database) throws {
        let library = try current(database)
        guard library != model else { return }
        if let library {
            let isInUse = "SELECT EXISTS (SELECT * FROM photo WHERE state = 'analyzed')"
            guard try Bool.fetchOne(database.cachedStatement(sql: isInUse)) != true else {
                throw FaceStoreError.modelMismatch(library: library, pack: model)
            }
        }
        try set(modelKey, to: model.rawValue, in: database)
        try database.cachedStatement(sql: "DELETE FROM meta WHERE key = ?").execute(arguments: [dimensionKey])
    }

    /// Makes another model the library's, with the embeddings that it has: photos whose faces all have one are the new
    /// model's from now on, the others stay as they are until theirs were added.
    ///
    /// - Parameter dimension: nil takes it from the embeddings.
    /// - Returns: what was and what is; nil when it is the library's model already.
    /// - Throws: `FaceStoreError.modelMismatch` when there are faces and no embedding of the model.
    @discardableResult
    static func change(
        to model: ModelID, dimension: Int? = nil, in database: Database
    ) throws -> (before: JournalChange.Model, after: JournalChange.Model)? {
        guard let library = try current(database), library != model else { return nil }
        let before = JournalChange.Model(
            id: library, dimension: try value(dimensionKey, in: database).flatMap { Int($0) })
        let found = try Int.fetchOne(
            database.cachedStatement(sql: "SELECT dimension FROM embedding WHERE model = ? LIMIT 1"),
            arguments: [model.rawValue])
        let hasFaces = try Bool.fetchOne(database.cachedStatement(sql: "SELECT EXISTS (SELECT * FROM face)")) ?? false
        guard found != nil || !hasFaces else { throw FaceStoreError.modelMismatch(library: library, pack: model) }
        let after = JournalChange.Model(id: model, dimension: found ?? dimension)
        try set(modelKey, to: model.rawValue, in: database)
        if let dimension = after.dimension {
            try set(dimensionKey, to: String(dimension), in: database)
        } else {
            try database.cachedStatement(sql: "DELETE FROM meta WHERE key = ?").execute(arguments: [dimensionKey])
        }
        try bringPhotosAlong(to: model, in: database)
        try PeopleVersion.startAnew(in: database)
        return (before, after)
    }

    /// Makes photos the model's that were another's and whose faces all have an embedding of it.
    static func bringPhotosAlong(to model: ModelID, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE photo SET model = ?1 WHERE state = 'analyzed' AND model <> ?1 AND NOT EXISTS (
                    SELECT * FROM face WHERE face.photo_id = photo.id AND NOT EXISTS (
                        SELECT * FROM embedding WHERE embedding.face_id = face.id AND embedding.model = ?1))
                """
        ).execute(arguments: [model.rawValue])
    }

    /// The first embedding settles the dimension.
    static func check(dimension: Int, in database: Database) throws {
        guard let text = try value(dimensionKey, in: database), let expected = Int(text) else {
            return try set(dimensionKey, to: String(dimension), in: database)
        }
        guard expected == dimension else {
            throw FaceStoreError.dimensionMismatch(expected: expected, found: dimension)
        }
    }

    private static func value(_ key: String, in database: Database) throws -> String? {
        try String.fetchOne(database.cachedStatement(sql: "SELECT value FROM meta WHERE key = ?"), arguments: [key])
    }

    private static func set(_ key: String, to value: String, in database: Database) throws {
        try database.cachedStatement(
            sql: "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        ).execute(arguments: [key, value])
    }
}
