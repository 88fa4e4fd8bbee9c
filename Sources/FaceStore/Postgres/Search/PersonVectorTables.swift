import FaceCore

/// The tables of vectors, beside those of the library. They are made when they are wanted and hold nothing that could not be
/// made again: no migration knows them, and neither copies nor backups take them along.
enum PersonVectorTables {
    /// Makes the extension usable and the tables present.
    ///
    /// - Returns: the schema of the extension's types.
    /// - Throws: `FaceStoreError.vectorSearchMissing`, `PostgresError`.
    static func make(_ link: PostgresLink, in database: Database) throws -> String {
        let place = """
            SELECT CAST(quote_ident(nspname) AS TEXT) FROM pg_extension
            JOIN pg_namespace ON pg_namespace.oid = pg_extension.extnamespace WHERE extname = 'vector'
            """
        if try String.fetchOne(database, sql: place) == nil { try makeExtension(link, in: database) }
        guard let schema = try String.fetchOne(database, sql: place) else {
            throw FaceStoreError.vectorSearchMissing(isOnServer: true)
        }
        try link.run(tables)
        return schema
    }

    private static func makeExtension(_ link: PostgresLink, in database: Database) throws {
        let available = "SELECT EXISTS (SELECT * FROM pg_available_extensions WHERE name = 'vector')"
        guard try Bool.fetchOne(database, sql: available) == true else {
            throw FaceStoreError.vectorSearchMissing(isOnServer: false)
        }
        do {
            // In a schema that outlives the library's.
            try link.run("CREATE EXTENSION vector SCHEMA public")
        } catch let error as PostgresError where error.code == "42501" {
            throw FaceStoreError.vectorSearchMissing(isOnServer: true)
        }
    }

    private static let tables = """
        CREATE TABLE IF NOT EXISTS person_vector_set (
            id BIGSERIAL PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            model TEXT NOT NULL,
            dimension BIGINT NOT NULL,
            version BIGINT,
            filled_to BIGINT NOT NULL DEFAULT 0,
            is_ready BIGINT NOT NULL DEFAULT 0,
            used_at TIMESTAMPTZ NOT NULL DEFAULT now()
        );
        CREATE TABLE IF NOT EXISTS person_vector_owner (
            set_id BIGINT NOT NULL REFERENCES person_vector_set (id) ON DELETE CASCADE,
            face_id BIGINT NOT NULL,
            person_id BIGINT NOT NULL,
            PRIMARY KEY (set_id, face_id)
        );
        CREATE INDEX IF NOT EXISTS person_vector_owner_by_person ON person_vector_owner (set_id, person_id);
        """

    /// The people of a set.
    static func people(_ set: Int64) -> String { "person_vector_\(set)" }

    /// The faces of a set.
    static func faces(_ set: Int64) -> String { "face_vector_\(set)" }

    /// Vectors lie in their rows: out of line each would cost another look-up.
    static func makeVectors(_ set: Int64, dimension: Int) -> String {
        """
        CREATE TABLE \(people(set)) (
            person_id BIGINT PRIMARY KEY,
            face_count BIGINT NOT NULL,
            squared_norm DOUBLE PRECISION NOT NULL,
            vector vector(\(dimension + 1)) NOT NULL
        );
        ALTER TABLE \(people(set)) ALTER COLUMN vector SET STORAGE PLAIN;
        CREATE TABLE \(faces(set)) (face_id BIGINT PRIMARY KEY, vector vector(\(dimension)) NOT NULL);
        ALTER TABLE \(faces(set)) ALTER COLUMN vector SET STORAGE PLAIN;
        """
    }

    static func dropVectors(_ set: Int64) -> String { "DROP TABLE IF EXISTS \(people(set)), \(faces(set))" }

    /// Numbers of a vector that pgvector's index takes at most.
    static let mostNumbers = 2000

    static func dropIndex(_ set: Int64) -> String { "DROP INDEX IF EXISTS \(faces(set))_nearest" }

    /// Memory for making the index: the graph with its vectors is made in memory as long as it fits, and what does not fit
    /// takes many times as long. Besides its numbers a vector takes some 700 bytes.
    static func indexMegabytes(rows: Int, dimension: Int) -> Int {
        let bytes = rows * (4 * dimension + 1000)
        return min(max(bytes / (1 << 20), 64), 2047)
    }

    static func makeIndex(_ set: Int64) -> String {
        """
        CREATE INDEX \(faces(set))_nearest ON \(faces(set)) USING hnsw (vector vector_l2_ops)
            WITH (m = 16, ef_construction = 64)
        """
    }
}
