import Foundation

/// The tables of a library in PostgreSQL: those of `LibrarySchema`, by the same migrations.
///
/// Moments are texts here too, which sort as they do in SQLite: the collation is C, that of bytes. Truth values are the
/// numbers 0 and 1. So the statements of `SQL/` and a copy from one to the other need no translation.
enum PostgresSchema {
    /// `LikF` in ASCII: under it Lik takes advisory locks.
    static let lockNumber: Int32 = 0x4C69_6B46

    /// Brings the database to this version, whoever else wants to at the same moment.
    ///
    /// - Throws: `FaceStoreError.newerVersion`, `.notALibrary`, `PostgresError`.
    static func migrate(_ links: PostgresLinks) throws {
        let schema = links.server.schema
        let opening = "BEGIN; SELECT pg_advisory_xact_lock(\(lockNumber + 1), hashtext('\(schema)'))"
        try links.lend(opening: opening) { link in
            do {
                try migrate(link, links.statements, schema: schema, place: "\(links.server.database) (\(schema))")
                try link.run("COMMIT")
            } catch {
                try? link.run("ROLLBACK")
                throw error
            }
        }
    }

    private static func migrate(
        _ link: PostgresLink, _ statements: PostgresStatements, schema: String, place: String
    ) throws {
        let database = Database(PostgresSession(link, statements))
        let present = try String.fetchSet(
            database, sql: "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE CAST(schemaname AS TEXT) = ?",
            arguments: [schema])
        var done: Set<String> = []
        if present.contains("migration") {
            done = try String.fetchSet(database, sql: "SELECT name FROM migration")
        } else {
            guard present.isEmpty else { throw FaceStoreError.notALibrary(path: place) }
            try link.run("CREATE SCHEMA IF NOT EXISTS \(schema); CREATE TABLE migration (name TEXT PRIMARY KEY)")
            try link.run(words)
        }
        guard done.isSubset(of: LibrarySchema.migrations.map(\.name)) else {
            throw FaceStoreError.newerVersion(path: place)
        }
        for (name, tables) in LibrarySchema.migrations where !done.contains(name) {
            for sql in tables { try link.run(translation(of: sql)) }
            if let more = additions[name] { try link.run(more) }
            try database.execute(sql: "INSERT INTO migration (name) VALUES (?)", arguments: [name])
        }
    }

    /// The same tables in PostgreSQL's words.
    static func translation(of sql: String) -> String {
        let words = [
            (" STRICT, WITHOUT ROWID", ""), (" STRICT", ""),
            ("INTEGER PRIMARY KEY AUTOINCREMENT", "BIGSERIAL PRIMARY KEY"),
            ("INTEGER PRIMARY KEY", "BIGSERIAL PRIMARY KEY"), (" INTEGER", " BIGINT"), (" REAL", " DOUBLE PRECISION"),
            (" BLOB", " BYTEA"), (" TEXT", " TEXT COLLATE \"C\""),
        ]
        return words.reduce(sql) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }

    /// What SQLite has and PostgreSQL calls otherwise.
    private static let words = """
        CREATE FUNCTION instr(TEXT, TEXT) RETURNS BIGINT LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
            AS 'SELECT CAST(strpos($1, $2) AS BIGINT)';
        CREATE FUNCTION min(DOUBLE PRECISION, DOUBLE PRECISION) RETURNS DOUBLE PRECISION
            LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT least($1, $2)';
        CREATE FUNCTION max(BIGINT, BIGINT) RETURNS BIGINT LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
            AS 'SELECT greatest($1, $2)';
        CREATE FUNCTION json_each(TEXT) RETURNS TABLE (value BIGINT) LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
            AS 'SELECT CAST(json_array_elements_text(CAST($1 AS JSON)) AS BIGINT)';
        CREATE FUNCTION json_array_length(TEXT) RETURNS BIGINT LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
            AS 'SELECT CAST(json_array_length(CAST($1 AS JSON)) AS BIGINT)';
        CREATE FUNCTION json_valid(TEXT) RETURNS BOOLEAN LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
            AS 'SELECT CAST($1 AS JSON) IS NOT NULL';
        CREATE FUNCTION give_id() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN
            NEW.id := nextval(pg_get_serial_sequence(quote_ident(TG_TABLE_SCHEMA) || '.' || quote_ident(TG_TABLE_NAME), 'id'));
            RETURN NEW;
        END $$;
        """

    /// After a migration: an id is given too where NULL is inserted as one, and tasks have the number that each row of
    /// SQLite has. The journal's numbers, by which people's revisions are told, have no gaps where an edit was refused:
    /// they come from a counter that a rollback takes back, and not from a sequence.
    private static let additions = [
        "001 photos, faces, persons, tasks": """
        CREATE TRIGGER give_id BEFORE INSERT ON photo FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION give_id();
        CREATE TRIGGER give_id BEFORE INSERT ON person FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION give_id();
        ALTER TABLE task ADD COLUMN rowid BIGSERIAL;
        """,
        "003 edits, journal": """
        CREATE TABLE journal_counter (last BIGINT NOT NULL);
        INSERT INTO journal_counter (last) VALUES (0);
        CREATE FUNCTION number_entry() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN
            UPDATE journal_counter SET last = last + 1 RETURNING last INTO NEW.id;
            RETURN NEW;
        END $$;
        ALTER TABLE journal ALTER COLUMN id DROP DEFAULT;
        CREATE TRIGGER number_entry BEFORE INSERT ON journal
            FOR EACH ROW WHEN (NEW.id IS NULL) EXECUTE FUNCTION number_entry();
        """,
    ]
}
