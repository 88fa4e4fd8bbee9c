import CVectorKernels
import FaceCore

/// Vectors one after another, as they were given, with what a search needs to bound the score of each by one pass over
/// them, or over bytes that stand for them.
///
/// A vector's score with a query is `scale · (query · vector) + offset`: the cosine, or what is the higher the nearer by
/// Euclid. They lie in chunks, so that adding one never copies all, and neither does a change while a copy is held.
struct VectorRows: Sendable {
    /// A chunk's vectors at most.
    static let chunkLength = 4096

    struct Chunk: Sendable {
        fileprivate(set) var vectors: [Float] = []
        /// What makes a product a score.
        fileprivate(set) var scales: [Float] = []
        fileprivate(set) var offsets: [Float] = []
        /// The vectors in bytes, plus 128; empty where there are none.
        fileprivate(set) var codes: [UInt8] = []
        /// What makes a product with bytes a score.
        fileprivate(set) var codeScales: [Float] = []
        /// How far a score of bytes may be off for a query of length 1.
        fileprivate(set) var codeErrors: [Float] = []

        var count: Int { scales.count }
    }

    let dimension: Int
    let metric: Metric
    /// Bytes of a vector in bytes; nil where none are kept.
    let codeStride: Int?
    private(set) var chunks: [Chunk] = []
    private(set) var count = 0
    /// No score's `scale · |vector|` is more.
    private(set) var reach: Float = 0

    init(dimension: Int, metric: Metric, hasCodes: Bool) {
        self.dimension = dimension
        self.metric = metric
        let unit = Int(LIK_CODE_BYTES)
        codeStride = hasCodes ? (dimension + unit - 1) / unit * unit : nil
    }

    mutating func append(_ vector: [Float]) {
        if count == chunks.count * Self.chunkLength { chunks.append(Chunk()) }
        let last = chunks.count - 1
        let squaredNorm = Self.squaredNorm(vector)
        let scale = metric == .cosine ? (squaredNorm > 0 ? Float(1 / squaredNorm.squareRoot()) : 0) : 1
        chunks[last].vectors.append(contentsOf: vector)
        chunks[last].scales.append(scale)
        chunks[last].offsets.append(metric == .cosine ? 0 : Float(-squaredNorm / 2))
        if let codeStride {
            let coded = VectorCodes(vector, stride: codeStride)
            chunks[last].codes.append(contentsOf: coded.codes.lazy.map { UInt8(bitPattern: $0) ^ 0x80 })
            chunks[last].codeScales.append(coded.scale * scale)
            chunks[last].codeErrors.append((coded.error * scale).nextUp)
        }
        let own = metric == .cosine ? 1 : Float(squaredNorm.squareRoot()).nextUp
        if !(own <= reach) { reach = own }
        count += 1
    }

    /// Takes a vector out; the last one moves to its place.
    mutating func remove(at index: Int) {
        precondition(index < count, "no such vector")
        let (chunk, row) = index.quotientAndRemainder(dividingBy: Self.chunkLength)
        let last = chunks.count - 1
        let lastRow = chunks[last].count - 1
        if index != count - 1 {
            for component in 0..<dimension {
                chunks[chunk].vectors[row * dimension + component] =
                    chunks[last].vectors[lastRow * dimension + component]
            }
            chunks[chunk].scales[row] = chunks[last].scales[lastRow]
            chunks[chunk].offsets[row] = chunks[last].offsets[lastRow]
            if let codeStride {
                for byte in 0..<codeStride {
                    chunks[chunk].codes[row * codeStride + byte] = chunks[last].codes[lastRow * codeStride + byte]
                }
                chunks[chunk].codeScales[row] = chunks[last].codeScales[lastRow]
                chunks[chunk].codeErrors[row] = chunks[last].codeErrors[lastRow]
            }
        }
        chunks[last].vectors.removeLast(dimension)
        chunks[last].scales.removeLast()
        chunks[last].offsets.removeLast()
        if let codeStride {
            chunks[last].codes.removeLast(codeStride)
            chunks[last].codeScales.removeLast()
            chunks[last].codeErrors.removeLast()
        }
        if chunks[last].count == 0 { chunks.removeLast() }
        count -= 1
    }

    /// A vector as it was given.
    func vector(at index: Int) -> [Float] {
        let (chunk, row) = index.quotientAndRemainder(dividingBy: Self.chunkLength)
        return Array(chunks[chunk].vectors[row * dimension..<(row + 1) * dimension])
    }

    /// A vector's distance to a query, as the metric has it.
    func distance(of index: Int, to query: [Float]) -> Double {
        let (chunk, row) = index.quotientAndRemainder(dividingBy: Self.chunkLength)
        return chunks[chunk].vectors.withUnsafeBufferPointer { vectors in
            query.withUnsafeBufferPointer { query in
                metric.distance(query, .init(rebasing: vectors[row * dimension..<(row + 1) * dimension]))
            }
        }
    }

    static func squaredNorm(_ vector: [Float]) -> Double {
        vector.reduce(0) { $0 + Double($1) * Double($1) }
    }
}

/// A vector in bytes: `scale · codes` is not further from it than `error`.
struct VectorCodes {
    let codes: [Int8]
    let scale: Float
    let error: Float

    /// - Parameter stride: how many codes; those past the vector are zero.
    init(_ vector: [Float], stride: Int) {
        let largest = vector.reduce(0) { max($0, abs($1)) }
        var codes = Array(repeating: Int8(0), count: stride)
        guard largest.isFinite, vector.allSatisfy(\.isFinite) else {
            // Nothing can be said of it, so nothing is: it is among what a search has to look at.
            (self.codes, scale, error) = (codes, 1, .infinity)
            return
        }
        let scale = largest > 0 ? largest / 127 : 1
        var square = 0.0
        for (index, value) in vector.enumerated() {
            let code = (value / scale).rounded()
            codes[index] = Int8(max(-127, min(127, code)))
            let away = Double(value) - Double(scale) * Double(codes[index])
            square += away * away
        }
        self.codes = codes
        self.scale = scale
        error = Float(square.squareRoot()).nextUp
    }
}
