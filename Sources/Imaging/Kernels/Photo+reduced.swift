public import FaceCore

extension Photo {
    /// The photo made smaller so that its longer side has `longerSide` pixels, each new pixel the mean of the area that
    /// it covers, as OpenCV's INTER_AREA does it; the photo itself when it is no larger than that.
    ///
    /// The shorter side is rounded to the nearest whole pixel, at least 1.
    ///
    /// - Precondition: `longerSide` is at least 1.
    public func reduced(toFitLongerSide longerSide: Int) -> Photo {
        precondition(longerSide > 0, "a photo has at least one pixel")
        let longer = max(width, height)
        guard longer > longerSide else { return self }
        let factor = Double(longerSide) / Double(longer)
        let newWidth = width == longer ? longerSide : max(Int((Double(width) * factor).rounded()), 1)
        let newHeight = height == longer ? longerSide : max(Int((Double(height) * factor).rounded()), 1)
        return averaged(width: newWidth, height: newHeight)
    }

    /// Sums the rows that an output row covers, weighted by how much of each it covers, then the columns of that sum.
    private func averaged(width newWidth: Int, height newHeight: Int) -> Photo {
        let columns = (0..<newWidth).map { Coverage(position: $0, source: width, target: newWidth) }
        let lineLength = 3 * width
        var output = [UInt8](repeating: 0, count: 3 * newWidth * newHeight)
        var line = [Float](repeating: 0, count: lineLength)
        output.withUnsafeMutableBufferPointer { target in
            line.withUnsafeMutableBufferPointer { sums in
                pixels.withUnsafeBufferPointer { source in
                    for y in 0..<newHeight {
                        let rows = Coverage(position: y, source: height, target: newHeight)
                        for index in 0..<lineLength { sums[index] = 0 }
                        for row in rows.first...rows.last {
                            guard let line = sums.baseAddress, let base = source.baseAddress else { return }
                            Self.add(base + row * lineLength, times: rows.weight(of: row), to: line, count: lineLength)
                        }
                        Self.average(UnsafeBufferPointer(sums), over: columns, into: target, from: 3 * newWidth * y)
                    }
                }
            }
        }
        return Photo(width: newWidth, height: newHeight, pixels: output)
    }

    private static func add(
        _ row: UnsafePointer<UInt8>, times weight: Float, to line: UnsafeMutablePointer<Float>, count: Int
    ) {
        for index in 0..<count { line[index] += weight * Float(row[index]) }
    }

    private static func average(
        _ line: UnsafeBufferPointer<Float>, over columns: [Coverage], into target: UnsafeMutableBufferPointer<UInt8>,
        from start: Int
    ) {
        var position = start
        for column in columns {
            var sum = SIMD4<Float>.zero
            for index in column.first...column.last {
                let pixel = SIMD4<Float>(line[3 * index], line[3 * index + 1], line[3 * index + 2], 0)
                sum += column.weight(of: index) * pixel
            }
            let rounded = sum.rounded(.toNearestOrEven).clamped(
                lowerBound: .zero, upperBound: SIMD4<Float>(repeating: 255))
            target[position] = UInt8(rounded.x)
            target[position + 1] = UInt8(rounded.y)
            target[position + 2] = UInt8(rounded.z)
            position += 3
        }
    }
}

/// The source positions that one output position covers on an axis that gets shorter, and the share of each.
private struct Coverage {
    let first: Int
    let last: Int
    private let firstWeight: Float
    private let lastWeight: Float
    private let innerWeight: Float

    init(position: Int, source: Int, target: Int) {
        // In whole numbers of 1/target source pixels, so that nothing is lost to rounding.
        let start = position * source
        let end = start + source
        first = start / target
        last = (end - 1) / target
        let whole = Float(source)
        firstWeight = Float(min((first + 1) * target, end) - start) / whole
        lastWeight = Float(end - max(last * target, start)) / whole
        innerWeight = Float(target) / whole
    }

    func weight(of index: Int) -> Float {
        if index == first { return firstWeight }
        return index == last ? lastWeight : innerWeight
    }
}
