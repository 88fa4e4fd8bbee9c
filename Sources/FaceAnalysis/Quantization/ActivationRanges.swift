import Inference
import Synchronization

/// The ranges of the values within a model, over the runs that it is watched in.
final class ActivationRanges: Sendable {
    /// Which range of a value is taken.
    enum Choice: CaseIterable {
        /// From the least to the largest number seen.
        case all
        /// From the least to the largest number of a run, on average over the runs: what lies beyond is cut off, and the
        /// rest has finer steps.
        case average
        /// Three quarters of that: for values of which a few are far from the others.
        case narrow
    }

    private struct Seen {
        var least = Float.infinity
        var largest = -Float.infinity
        var sumOfLeast = 0.0
        var sumOfLargest = 0.0
        var runs = 0
    }

    private let values: [String]
    private let seen: Mutex<[Seen]>

    /// - Parameter values: of the model.
    init(of values: [String]) {
        self.values = values
        seen = Mutex(Array(repeating: Seen(), count: values.count))
    }

    /// The model with the least and the largest number of each value among its outputs.
    func watched(_ graph: OnnxGraph) -> OnnxGraph {
        var graph = graph
        for value in values {
            for (kind, name) in [("ReduceMin", Self.least(value)), ("ReduceMax", Self.largest(value))] {
                var keep = ProtobufMessage()
                keep.add(1, "keepdims")
                keep.add(3, 0)
                keep.add(20, 2)
                graph.nodes.append(
                    .init(kind, [value], to: [name], name: name, others: [.init(5, .bytes(keep.bytes[...]))]))
                graph.addOutput(name)
            }
        }
        return graph
    }

    /// What the watched model's session is to be opened with.
    var watch: OutputWatch {
        OutputWatch(values.flatMap { [Self.least($0), Self.largest($0)] }) { [self] numbers in note(numbers) }
    }

    /// A range for each value that was seen to be numbers.
    func ranges(_ choice: Choice) -> [String: ClosedRange<Float>] {
        let seen = seen.withLock { $0 }
        var ranges: [String: ClosedRange<Float>] = [:]
        for (value, seen) in zip(values, seen) where seen.runs > 0 && seen.least <= seen.largest {
            switch choice {
            case .all: ranges[value] = seen.least...seen.largest
            case .average, .narrow:
                let scale = (choice == .average ? 1 : 0.75) / Double(seen.runs)
                ranges[value] = Float(scale * seen.sumOfLeast)...Float(scale * seen.sumOfLargest)
            }
        }
        return ranges
    }

    private func note(_ numbers: [Tensor]) {
        seen.withLock { seen in
            for index in values.indices {
                guard let least = numbers[2 * index].values.first, let largest = numbers[2 * index + 1].values.first,
                    least.isFinite, largest.isFinite
                else { continue }
                seen[index].least = min(seen[index].least, least)
                seen[index].largest = max(seen[index].largest, largest)
                seen[index].sumOfLeast += Double(least)
                seen[index].sumOfLargest += Double(largest)
                seen[index].runs += 1
            }
        }
    }

    private static func least(_ value: String) -> String { "\(value)/least" }
    private static func largest(_ value: String) -> String { "\(value)/largest" }
}
