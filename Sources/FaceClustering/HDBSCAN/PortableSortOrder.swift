/// The order in which NumPy's portable `argsort` puts numbers, ties included.
///
/// Not a stable order, but one that other software can reproduce: introsort with the median of three, partitions of at
/// most 16 sorted by insertion. Where its depth limit is reached, which takes an input made for that, ties come in the
/// order of the input.
enum PortableSortOrder {
    private static let insertionSpan = 15

    /// The indices of the values, smallest value first.
    ///
    /// - Precondition: no value is NaN.
    static func indices(sorting values: [Double]) -> [Int] {
        var order = Array(values.indices)
        guard values.count > 1 else { return order }
        let depth = 2 * (Int.bitWidth - 1 - values.count.leadingZeroBitCount)
        values.withUnsafeBufferPointer { values in
            order.withUnsafeMutableBufferPointer { order in
                sort(order, first: 0, last: order.count - 1, depth: depth, by: values)
            }
        }
        return order
    }

    private static func sort(
        _ order: UnsafeMutableBufferPointer<Int>, first: Int, last: Int, depth: Int,
        by values: UnsafeBufferPointer<Double>
    ) {
        var (first, last, depth) = (first, last, depth)
        guard depth >= 0 else {
            let sorted = order[first...last].sorted { (values[$0], $0) < (values[$1], $1) }
            for (offset, index) in sorted.enumerated() { order[first + offset] = index }
            return
        }
        while last - first > insertionSpan {
            let boundary = partition(order, first: first, last: last, by: values)
            depth -= 1
            if boundary - first < last - boundary {
                sort(order, first: boundary + 1, last: last, depth: depth, by: values)
                last = boundary - 1
            } else {
                sort(order, first: first, last: boundary - 1, depth: depth, by: values)
                first = boundary + 1
            }
        }
        insertionSort(order, first: first, last: last, by: values)
    }

    /// Splits around the median of the first, middle and last value, and returns where it came to lie.
    private static func partition(
        _ order: UnsafeMutableBufferPointer<Int>, first: Int, last: Int, by values: UnsafeBufferPointer<Double>
    ) -> Int {
        let middle = first + (last - first) / 2
        func putInOrder(_ low: Int, _ high: Int) {
            if values[order[high]] < values[order[low]] { order.swapAt(low, high) }
        }
        putInOrder(first, middle)
        putInOrder(middle, last)
        putInOrder(first, middle)
        let pivot = values[order[middle]]
        order.swapAt(middle, last - 1)
        var (left, right) = (first, last - 1)
        while true {
            repeat { left += 1 } while values[order[left]] < pivot
            repeat { right -= 1 } while pivot < values[order[right]]
            if left >= right { break }
            order.swapAt(left, right)
        }
        order.swapAt(left, last - 1)
        return left
    }

    private static func insertionSort(
        _ order: UnsafeMutableBufferPointer<Int>, first: Int, last: Int, by values: UnsafeBufferPointer<Double>
    ) {
        guard first < last else { return }
        for position in (first + 1)...last {
            let index = order[position]
            var place = position
            while place > first, values[index] < values[order[place - 1]] {
                order[place] = order[place - 1]
                place -= 1
            }
            order[place] = index
        }
    }
}
