import FaceCore
import Testing

@Suite struct SimilarityTransformTests {
    @Test func `Points moved by a transform give that transform back`() throws {
        let known = SimilarityTransform(a: 0.6, b: -0.8, tx: 12, ty: -3)
        let source = [Point(0, 0), Point(10, 1), Point(3, 8), Point(-4, 5), Point(7, -6)]
        let found = try #require(SimilarityTransform(from: source, to: source.map { known($0) }))
        #expect(abs(found.a - known.a) < 1e-12 && abs(found.b - known.b) < 1e-12)
        #expect(abs(found.tx - known.tx) < 1e-12 && abs(found.ty - known.ty) < 1e-12)
    }

    @Test func `A transform and its inverse leave a point where it was`() throws {
        let transform = SimilarityTransform(a: 1.5, b: 0.25, tx: 100, ty: 20)
        let inverse = try #require(transform.inverse)
        let there = inverse(transform(Point(17, 42)))
        #expect(abs(there.x - 17) < 1e-9 && abs(there.y - 42) < 1e-9)
    }

    @Test func `Coinciding points have no transform`() {
        let point = Point(5, 5)
        #expect(SimilarityTransform(from: [point, point], to: [Point(0, 0), Point(1, 1)]) == nil)
        #expect(SimilarityTransform(a: 0, b: 0, tx: 1, ty: 1).inverse == nil)
    }
}
