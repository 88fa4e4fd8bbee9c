import FaceCore
internal import GRDB

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
            guard try Bool.fetchOne(database, sql: isInUse) != true else {
                throw FaceStoreError.modelMismatch(library: library, pack: model)
            }
        }
        try set(modelKey, to: model.rawValue, in: database)
        try database.execute(sql: "DELETE FROM meta WHERE key = ?", arguments: [dimensionKey])
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
        try String.fetchOne(database, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key])
    }

    private static func set(_ key: String, to value: String, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            arguments: [key, value])
    }
}
