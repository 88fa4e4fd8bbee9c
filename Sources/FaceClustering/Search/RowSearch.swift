import CVectorKernels
import FaceCore
import Synchronization

/// One search among vectors: a screen that bounds each vector's score, then the distances of those that the bounds leave
/// open. Whatever the screen works with, what comes out is exact.
struct RowSearch<Group: Hashable & Sendable>: Sendable {
    let rows: VectorRows
    let query: [Float]
    /// How many groups are wanted, of each the nearest vector; nil for all.
    let limit: Int?
    /// How far a vector may be.
    let distance: Double?
    /// The group of a row.
    let group: @Sendable (Int) -> Group

    /// Rows whose bounds are formed before they are looked at; a multiple of the kernels' lanes.
    private static var batch: Int { 256 }
    /// Multiplications below which a second thread is not worth its start.
    private static var leastWork: Int { 4_000_000 }

    /// What goes with the query: brought to length 1 where lengths do not matter.
    private struct Probe {
        var vector: [Float]
        var codes: VectorCodes?
        /// How far a score may be off, but for what a row in bytes is off by.
        var slack: Float
        var length: Float
    }

    /// A row that may be asked for.
    struct Found {
        let row: Int
        let group: Group
        let distance: Double
    }

    /// At least the nearest rows of the nearest groups, in no order.
    func run(threads: Int) -> [Found] {
        let probe = probe()
        let parts = max(1, min(threads, rows.count * rows.dimension / Self.leastWork, rows.chunks.count))
        let all = Mutex(RankedRows<Group>(limit: limit, floor: floor))
        ParallelLoop.run(parts: parts, threads: threads) { part in
            let chunks = rows.chunks.count * part / parts..<rows.chunks.count * (part + 1) / parts
            let found = scan(chunks, probe)
            all.withLock { $0.join(found) }
        }
        return all.withLock { $0.open }.compactMap { candidate in
            let exact = rows.distance(of: candidate.row, to: query)
            // Nor is what is no number.
            return exact <= distance ?? .infinity
                ? Found(row: candidate.row, group: candidate.group, distance: exact) : nil
        }
    }

    /// What a score is at least where the distance is allowed.
    private var floor: Float {
        guard let distance else { return -.infinity }
        let score =
            rows.metric == .cosine
            ? 1 - distance : (VectorRows.squaredNorm(query) - distance * abs(distance)) / 2
        return Float(score).nextDown
    }

    private func probe() -> Probe {
        let squaredNorm = VectorRows.squaredNorm(query)
        var vector = query
        var length = Float(squaredNorm.squareRoot()).nextUp
        if rows.metric == .cosine, squaredNorm > 0 {
            vector = query.map { Float(Double($0) / squaredNorm.squareRoot()) }
            length = Float(1).nextUp
        }
        let reach = rows.reach
        let product = DotProductError(dimension: rows.dimension).bound(length, reach)
        // The sum of product, offset and slack.
        var slack = product + 4 * .ulpOfOne * (reach * reach + length * reach)
        let codes = rows.codeStride.map { VectorCodes(vector, stride: $0) }
        if let codes { slack += codes.error * reach * 1.000_01 }
        slack = rows.metric == .cosine ? slack + 4 * .ulpOfOne : slack
        // What a row in bytes is off by counts for the query in bytes, which may be longer by its own error.
        return Probe(
            vector: vector, codes: codes, slack: slack.nextUp, length: (length + (codes?.error ?? 0)) * 1.000_01)
    }

    private func scan(_ chunks: Range<Int>, _ probe: Probe) -> RankedRows<Group> {
        var ranked = RankedRows<Group>(limit: limit, floor: floor)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.batch) { uppers in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.batch) { places in
                guard let upper = uppers.baseAddress, let place = places.baseAddress else { return }
                for index in chunks {
                    let chunk = rows.chunks[index]
                    for start in stride(from: 0, to: chunk.count, by: Self.batch) {
                        let length = min(Self.batch, chunk.count - start)
                        formBounds(start..<start + length, of: chunk, probe, into: upper)
                        for lane in length..<Self.batch { upper[lane] = -.infinity }
                        let total = lik_find_not_below(LIK_WIDEST, upper, nil, ranked.bound, Self.batch, place)
                        for lane in places[..<total].lazy.map(Int.init) where lane < length {
                            let row = start + lane
                            let error = (chunk.codeErrors.isEmpty ? 0 : chunk.codeErrors[row] * probe.length)
                            let all = index * VectorRows.chunkLength + row
                            ranked.offer(
                                .init(
                                    row: all, group: group(all), upper: upper[lane],
                                    lower: upper[lane] - 2.000_01 * (error + probe.slack)))
                        }
                    }
                }
            }
        }
        return ranked
    }

    /// Writes the upper bounds of a chunk's rows.
    private func formBounds(
        _ part: Range<Int>, of chunk: VectorRows.Chunk, _ probe: Probe, into uppers: UnsafeMutablePointer<Float>
    ) {
        chunk.scales.withUnsafeBufferPointer { scales in
            chunk.offsets.withUnsafeBufferPointer { offsets in
                if let codes = probe.codes, let stride = rows.codeStride {
                    formBounds(
                        part, of: chunk, codes: codes, stride: stride, probe, offsets: offsets, into: uppers)
                    return
                }
                chunk.vectors.withUnsafeBufferPointer { vectors in
                    guard let vectors = vectors.baseAddress, let scales = scales.baseAddress,
                        let offsets = offsets.baseAddress
                    else { return }
                    lik_upper_scores_float(
                        LIK_WIDEST, probe.vector, vectors + part.lowerBound * rows.dimension, part.count,
                        rows.dimension, scales + part.lowerBound, offsets + part.lowerBound, probe.slack, uppers)
                }
            }
        }
    }

    private func formBounds(
        _ part: Range<Int>, of chunk: VectorRows.Chunk, codes: VectorCodes, stride: Int, _ probe: Probe,
        offsets: UnsafeBufferPointer<Float>, into uppers: UnsafeMutablePointer<Float>
    ) {
        chunk.codes.withUnsafeBufferPointer { bytes in
            chunk.codeScales.withUnsafeBufferPointer { scales in
                chunk.codeErrors.withUnsafeBufferPointer { errors in
                    codes.codes.withUnsafeBufferPointer { query in
                        guard let bytes = bytes.baseAddress, let scales = scales.baseAddress,
                            let errors = errors.baseAddress, let offsets = offsets.baseAddress
                        else { return }
                        let start = part.lowerBound
                        lik_upper_scores_codes(
                            LIK_WIDEST,
                            LikCodeQuery(
                                codes: query.baseAddress, scale: codes.scale, error_factor: probe.length,
                                slack: probe.slack),
                            bytes + start * stride, part.count, stride, scales + start, offsets + start,
                            errors + start, uppers)
                    }
                }
            }
        }
    }
}
