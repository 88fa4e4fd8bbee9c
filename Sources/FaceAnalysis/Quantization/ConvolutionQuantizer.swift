/// Rewrites a graph's convolutions to work on bytes.
///
/// Weights become signed bytes with a scale for each of a convolution's outputs, the values between become unsigned bytes
/// with a scale and a zero that cover the range seen in calibration, and sums are 32-bit: what is called static
/// quantization (Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
/// Inference", 2018). A convolution becomes ONNX' QLinearConv; what lies between convolutions stays as it is, but for a
/// ReLU right behind one, which the range from 0 does by itself.
struct ConvolutionQuantizer {
    /// A convolution that is rewritten.
    private struct Place {
        let node: Int
        let input: String
        /// What comes out, behind a ReLU where one follows.
        let output: String
        /// That ReLU.
        let relu: Int?
    }

    /// How a value's bytes are to be read: `scale · (byte − zero)`.
    private struct Bytes {
        let scale: Float
        let zero: UInt8

        init(_ range: ClosedRange<Float>) {
            let (low, high) = (min(range.lowerBound, 0), max(range.upperBound, 0))
            let scale = (high - low) / 255
            self.scale = scale > 0 && scale.isFinite ? scale : 1
            zero = UInt8(max(0, min(255, (-low / self.scale).rounded())))
        }
    }

    private let graph: OnnxGraph
    private let places: [Place]

    /// - Returns: nil when the graph has no convolution that can be rewritten, or is written in operators from before
    ///   there were such for bytes (version 10).
    init?(_ graph: OnnxGraph) {
        guard graph.operatorVersion >= 10 else { return nil }
        self.graph = graph
        let consumers = graph.consumers()
        let last = Self.lastConvolutions(of: graph)
        places = graph.nodes.indices.compactMap { index in
            let node = graph.nodes[index]
            guard node.kind == "Conv", !last.contains(index), node.inputs.count >= 2, node.outputs.count == 1,
                Self.weights(of: node, in: graph) != nil
            else { return nil }
            let output = node.outputs[0]
            let users = consumers[output] ?? []
            if users.count == 1, graph.nodes[users[0]].kind == "Relu", !graph.outputNames.contains(output) {
                return Place(
                    node: index, input: node.inputs[0], output: graph.nodes[users[0]].outputs[0], relu: users[0])
            }
            return Place(node: index, input: node.inputs[0], output: output, relu: nil)
        }
        if places.isEmpty { return nil }
    }

    /// The values whose ranges have to be known.
    var values: [String] { Array(Set(places.flatMap { [$0.input, $0.output] })).sorted() }

    /// The graph in bytes.
    ///
    /// - Parameter ranges: of all `values`.
    func quantized(_ ranges: [String: ClosedRange<Float>]) -> OnnxGraph {
        var result = graph
        let byNode = Dictionary(uniqueKeysWithValues: places.map { ($0.node, $0) })
        let relus = Set(places.compactMap(\.relu))
        let asNumbers = valuesWantedAsNumbers(byNode, relus)
        var nodes: [OnnxGraph.Node] = []
        // Value → names of its bytes, their scale and their zero.
        var coded: [String: (bytes: String, scale: String, zero: String, form: Bytes)] = [:]
        func form(of value: String) -> (bytes: String, scale: String, zero: String, form: Bytes) {
            let form = Bytes(ranges[value] ?? 0...0)
            let scale = result.add(OnnxTensor("\(value)/scale", .float, [form.scale]))
            let zero = result.add(OnnxTensor("\(value)/zero", .uint8, [form.zero]))
            return ("\(value)/bytes", scale, zero, form)
        }
        for (index, node) in graph.nodes.enumerated() {
            guard let place = byNode[index], let weights = Self.weights(of: node, in: graph) else {
                if !relus.contains(index) { nodes.append(node) }
                continue
            }
            if coded[place.input] == nil {
                let new = form(of: place.input)
                coded[place.input] = new
                nodes.append(
                    .init("QuantizeLinear", [place.input, new.scale, new.zero], to: [new.bytes], name: new.bytes))
            }
            guard let input = coded[place.input] else { continue }
            let output = form(of: place.output)
            coded[place.output] = output
            let names = add(weights, of: node, inputScale: input.form.scale, to: &result)
            nodes.append(
                .init(
                    "QLinearConv",
                    [
                        input.bytes, input.scale, input.zero, names.codes, names.scales, names.zeros, output.scale,
                        output.zero,
                    ] + (names.biases.map { [$0] } ?? []), to: [output.bytes], name: node.name, others: node.others))
            if asNumbers.contains(place.output) {
                nodes.append(
                    .init(
                        "DequantizeLinear", [output.bytes, output.scale, output.zero], to: [place.output],
                        name: "\(place.output)/numbers"))
            }
        }
        result.nodes = nodes
        result.removeUnused(Set(places.flatMap { graph.nodes[$0.node].inputs.dropFirst() }))
        return result
    }

    /// The outputs that somebody else than a rewritten convolution wants.
    private func valuesWantedAsNumbers(_ byNode: [Int: Place], _ relus: Set<Int>) -> Set<String> {
        var wanted = Set(graph.outputNames)
        for (index, node) in graph.nodes.enumerated() where byNode[index] == nil && !relus.contains(index) {
            wanted.formUnion(node.inputs)
        }
        return wanted
    }

    private func add(
        _ weights: Weights, of node: OnnxGraph.Node, inputScale: Float, to graph: inout OnnxGraph
    ) -> (codes: String, scales: String, zeros: String, biases: String?) {
        let count = weights.dimensions[0]
        let each = weights.values.count / count
        var codes: [Int8] = []
        codes.reserveCapacity(weights.values.count)
        var scales: [Float] = []
        for output in 0..<count {
            let row = weights.values[output * each..<(output + 1) * each]
            let largest = row.reduce(0) { max($0, abs($1)) }
            let scale = largest > 0 ? largest / 127 : 1
            scales.append(scale)
            for value in row { codes.append(Int8(max(-127, min(127, (value / scale).rounded())))) }
        }
        let name = "\(node.outputs[0])/weights"
        let biases = weights.biases.map { values in
            zip(values, scales).map { value, scale in
                Int32(max(-2e9, min(2e9, (Double(value) / (Double(inputScale) * Double(scale))).rounded())))
            }
        }
        return (
            graph.add(OnnxTensor(name, .int8, codes, dimensions: weights.dimensions)),
            graph.add(OnnxTensor("\(name)/scales", .float, scales, dimensions: [count])),
            graph.add(OnnxTensor("\(name)/zeros", .int8, Array(repeating: Int8(0), count: count), dimensions: [count])),
            biases.map { graph.add(OnnxTensor("\(name)/biases", .int32, $0, dimensions: [count])) }
        )
    }

    private struct Weights {
        let dimensions: [Int]
        let values: [Float]
        let biases: [Float]?
    }

    /// Nil where they are not constants of the graph.
    private static func weights(of node: OnnxGraph.Node, in graph: OnnxGraph) -> Weights? {
        guard let tensor = graph.constants[node.inputs[1]], let values = tensor.floats,
            let count = tensor.dimensions.first,
            count > 0, !values.isEmpty, values.allSatisfy(\.isFinite)
        else { return nil }
        guard node.inputs.count > 2, !node.inputs[2].isEmpty else {
            return Weights(dimensions: tensor.dimensions, values: values, biases: nil)
        }
        guard let biases = graph.constants[node.inputs[2]]?.floats, biases.count == count,
            biases.allSatisfy(\.isFinite)
        else { return nil }
        return Weights(dimensions: tensor.dimensions, values: values, biases: biases)
    }

    /// The convolutions whose outputs leave the model with nothing but a change of form between: their numbers are the
    /// answer, and a byte is too coarse for the edge of a box.
    private static func lastConvolutions(of graph: OnnxGraph) -> Set<Int> {
        let reshaping: Set<String> = [
            "Sigmoid", "Reshape", "Transpose", "Identity", "Mul", "Flatten", "Concat", "Squeeze", "Unsqueeze", "Slice",
        ]
        var maker: [String: Int] = [:]
        for (index, node) in graph.nodes.enumerated() {
            for output in node.outputs { maker[output] = index }
        }
        var found: Set<Int> = []
        var open = graph.outputNames
        var seen = Set(open)
        while let value = open.popLast() {
            guard let index = maker[value] else { continue }
            let node = graph.nodes[index]
            if node.kind == "Conv" { found.insert(index) }
            guard reshaping.contains(node.kind) else { continue }
            for input in node.inputs where seen.insert(input).inserted { open.append(input) }
        }
        return found
    }
}
