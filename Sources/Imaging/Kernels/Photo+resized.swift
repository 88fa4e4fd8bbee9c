public import FaceCore

extension Photo {
    /// The photo stretched to a size by bilinear interpolation without anti-aliasing, as OpenCV's
    /// `resize(photo, (width, height))` with INTER_LINEAR does it, to within one grey level.
    ///
    /// - Precondition: both sides are at least 1.
    public func resized(width newWidth: Int, height newHeight: Int) -> Photo {
        precondition(newWidth > 0 && newHeight > 0, "a photo has at least one pixel")
        guard newWidth != width || newHeight != height else { return self }
        let count = 3 * newWidth * newHeight
        let resampled = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress {
                resample(width: newWidth, height: newHeight, into: base, rowBytes: 3 * newWidth)
                initialized = count
            }
        }
        return Photo(width: newWidth, height: newHeight, pixels: resampled)
    }

    /// Writes the photo stretched to `width` × `height` into rows that begin `rowBytes` apart.
    ///
    /// Interpolates along rows first, in 15 bits, and keeps the two source rows that are in use; then between the rows.
    func resample(width newWidth: Int, height newHeight: Int, into target: UnsafeMutablePointer<UInt8>, rowBytes: Int) {
        let columns = BilinearAxis(source: width, target: newWidth)
        let rows = BilinearAxis(source: height, target: newHeight, keepsBorderWeights: true)
        let values = 3 * newWidth
        withUnsafeTemporaryAllocation(of: Int16.self, capacity: 2 * values) { lines in
            pixels.withUnsafeBufferPointer { source in
                guard let lineBase = lines.baseAddress, let sourceBase = source.baseAddress else { return }
                var upper = lineBase
                var lower = lineBase + values
                var upperRow = -1
                var lowerRow = -1
                for y in 0..<newHeight {
                    let first = rows.first[y]
                    let second = rows.second[y]
                    if first == lowerRow {
                        swap(&upper, &lower)
                        swap(&upperRow, &lowerRow)
                    }
                    if first != upperRow {
                        Self.interpolate(sourceBase + 3 * width * first, along: columns, into: upper)
                        upperRow = first
                    }
                    let weight = rows.weight[y]
                    let output = target + y * rowBytes
                    if weight == 0 {
                        for index in 0..<values { output[index] = UInt8(truncatingIfNeeded: (upper[index] + 64) >> 7) }
                        continue
                    }
                    if second != lowerRow {
                        Self.interpolate(sourceBase + 3 * width * second, along: columns, into: lower)
                        lowerRow = second
                    }
                    Self.blend(upper, lower, weight: weight, count: values, into: output)
                }
            }
        }
    }

    /// One source row at the columns' positions; a value is 128 times the grey level, so it fits 15 bits.
    private static func interpolate(
        _ row: UnsafePointer<UInt8>, along columns: BilinearAxis, into line: UnsafeMutablePointer<Int16>
    ) {
        columns.first.withUnsafeBufferPointer { first in
            columns.second.withUnsafeBufferPointer { second in
                columns.weight.withUnsafeBufferPointer { weights in
                    var output = line
                    for x in 0..<first.count {
                        let left = row + 3 * first[x]
                        let right = row + 3 * second[x]
                        let share = weights[x]
                        let rest = BilinearAxis.one - share
                        for channel in 0..<3 {
                            let sum = Int32(left[channel]) &* rest &+ Int32(right[channel]) &* share
                            output[channel] = Int16(truncatingIfNeeded: sum >> 4)
                        }
                        output += 3
                    }
                }
            }
        }
    }

    private static func blend(
        _ upper: UnsafeMutablePointer<Int16>, _ lower: UnsafeMutablePointer<Int16>, weight: Int32, count: Int,
        into output: UnsafeMutablePointer<UInt8>
    ) {
        let rest = BilinearAxis.one - weight
        for index in 0..<count {
            let above = (Int32(upper[index]) &* rest) >> 16
            let below = (Int32(lower[index]) &* weight) >> 16
            output[index] = UInt8(truncatingIfNeeded: (above &+ below &+ 2) >> 2)
        }
    }
}
