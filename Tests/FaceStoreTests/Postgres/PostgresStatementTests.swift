import Testing

@testable import FaceStore

@Suite struct PostgresStatementTests {
    @Test(arguments: [
        ("SELECT ?, ?", "SELECT $1, $2"),
        ("SELECT ?2, ?1, ?2", "SELECT $1, $2, $1"),
        ("SELECT :now, :task, :now", "SELECT $1, $2, $1"),
        ("SELECT '?', 'it''s :now', ?", "SELECT '?', 'it''s :now', $1"),
        ("SELECT a::TEXT", "SELECT a::TEXT"),
        ("SELECT * FROM a INDEXED BY b WHERE c", "SELECT * FROM a  WHERE c"),
        ("SELECT 1 LIMIT ? OFFSET ?", "SELECT 1 LIMIT nullif($1, -1) OFFSET $2"),
        ("INSERT INTO person (name) VALUES (?)", "INSERT INTO person (name) VALUES ($1) RETURNING id"),
        ("INSERT INTO meta (key) VALUES (?)", "INSERT INTO meta (key) VALUES ($1)"),
    ])
    func `A statement is put into PostgreSQL's words`(sql: String, expected: String) {
        #expect(PostgresStatement.statements(of: sql).map(\.text) == [expected])
    }

    @Test func `Values come in the order in which they are first mentioned`() throws {
        let named = try #require(PostgresStatement.statements(of: "SELECT :b, :a").first)
        #expect(try named.values(from: ["a": 1, "b": 2]).map(\.number) == [2, 1])
        let numbered = try #require(PostgresStatement.statements(of: "SELECT ?2, ?1").first)
        #expect(try numbered.values(from: [1, 2]).map(\.number) == [2, 1])
        #expect(throws: FaceStoreError.self) { try numbered.values(from: [1]) }
    }

    @Test func `A text of several statements is taken apart, its values in one row`() throws {
        let statements = PostgresStatement.statements(
            of: "DELETE FROM a WHERE b = ?; DELETE FROM c WHERE d = ';' OR e = ?;")
        #expect(
            statements.map(\.text.trimmed) == ["DELETE FROM a WHERE b = $1", "DELETE FROM c WHERE d = ';' OR e = $1"])
        #expect(try statements.map { try $0.values(from: [1, 2]).map(\.number) } == [[1], [2]])
    }
}

extension StatementValue {
    fileprivate var number: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
