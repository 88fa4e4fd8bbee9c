import Testing

@testable import FaceStore

@Suite struct PersonVectorTablesTests {
    @Test func `An index is made in as much memory as its graph takes, within bounds`() {
        #expect(PersonVectorTables.indexMegabytes(rows: 100_000, dimension: 512) == 290)
        #expect(PersonVectorTables.indexMegabytes(rows: 10, dimension: 512) == 64)
        #expect(PersonVectorTables.indexMegabytes(rows: 100_000_000, dimension: 512) == 2047)
    }
}
