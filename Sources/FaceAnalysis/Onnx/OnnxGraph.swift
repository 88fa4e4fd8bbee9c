/// An ONNX file taken apart as far as changing it needs; whatever else it holds goes back as it was.
///
/// Field numbers are those of onnx.proto.
package struct OnnxGraph: Sendable {
    package struct Node: Sendable, Equatable {
        package var name: String
        package var kind: String
        package var inputs: [String]
        package var outputs: [String]
        /// Attributes and what else the node holds.
        package var others: [ProtobufField]

        package init(
            _ kind: String, _ inputs: [String], to outputs: [String], name: String, others: [ProtobufField] = []
        ) {
            (self.kind, self.inputs, self.outputs, self.name, self.others) = (kind, inputs, outputs, name, others)
        }
    }

    /// In an order in which they can be run.
    package var nodes: [Node]
    /// Constants by name.
    package private(set) var constants: [String: OnnxTensor]
    /// Which version of the operators the graph is written in.
    package let operatorVersion: Int
    package let outputNames: [String]

    /// In the order in which they were and will be written.
    private var constantNames: [String]
    private var addedOutputs: [String] = []
    private let modelFields: [ProtobufField]
    private let graphFields: [ProtobufField]

    /// - Parameter bytes: of the file.
    /// - Returns: nil when they are no ONNX model of ONNX' own operators.
    package init?(_ bytes: [UInt8]) {
        guard let model = ProtobufField.all(in: bytes[...]),
            let graph = model.first(where: { $0.number == 7 })?.bytes.flatMap(ProtobufField.all)
        else { return nil }
        var nodes: [Node] = []
        var constants: [String: OnnxTensor] = [:]
        var names: [String] = []
        for field in graph {
            if field.number == 1 {
                guard let node = field.bytes.flatMap(Node.init) else { return nil }
                nodes.append(node)
            } else if field.number == 5 {
                guard let tensor = field.bytes.flatMap(OnnxTensor.init) else { return nil }
                if constants.updateValue(tensor, forKey: tensor.name) == nil { names.append(tensor.name) }
            }
        }
        guard let version = Self.operatorVersion(model) else { return nil }
        self.nodes = nodes
        self.constants = constants
        constantNames = names
        operatorVersion = version
        outputNames = graph.filter { $0.number == 12 }.compactMap { $0.bytes.flatMap(Self.valueName) }
        modelFields = model.filter { $0.number != 7 }.map { field in
            // The first version of the format in which constants are no inputs.
            field.number == 1 && field.integers?.first ?? 4 < 4 ? ProtobufField(1, .varint(4)) : field
        }
        // 13: the shapes of values between nodes, which are not all there any more.
        // 11: inputs; older files list constants among them, which no longer has to be.
        graphFields = graph.filter { field in
            if field.number == 11, let name = field.bytes.flatMap(Self.valueName), constants[name] != nil {
                return false
            }
            return ![1, 5, 13].contains(field.number)
        }
    }

    /// Adds a constant, whose name nothing else may have, and gives its name.
    package mutating func add(_ constant: OnnxTensor) -> String {
        if constants.updateValue(constant, forKey: constant.name) == nil { constantNames.append(constant.name) }
        return constant.name
    }

    /// Lets a number that a node makes leave the model.
    package mutating func addOutput(_ name: String) { addedOutputs.append(name) }

    /// Takes out those of some constants that no node has as an input.
    package mutating func removeUnused(_ candidates: Set<String>) {
        let unused = candidates.subtracting(nodes.flatMap(\.inputs)).subtracting(outputNames)
        constantNames.removeAll { unused.contains($0) }
        for name in unused { constants[name] = nil }
    }

    /// The nodes that have a value as an input.
    package func consumers() -> [String: [Int]] {
        var found: [String: [Int]] = [:]
        for (index, node) in nodes.enumerated() {
            for input in Set(node.inputs) { found[input, default: []].append(index) }
        }
        return found
    }

    /// The file's bytes.
    package func serialized() -> [UInt8] {
        var graph = ProtobufMessage()
        for node in nodes { graph.add(1, node.message) }
        for field in graphFields { graph.add(field) }
        for constant in constantNames.compactMap({ constants[$0] }) { graph.add(5, constant.message) }
        for output in addedOutputs { graph.add(12, Self.number(output)) }
        var model = ProtobufMessage()
        for field in modelFields { model.add(field) }
        model.add(7, graph)
        return model.bytes
    }

    private static func operatorVersion(_ model: [ProtobufField]) -> Int? {
        for field in model where field.number == 8 {
            guard let set = field.bytes.flatMap(ProtobufField.all) else { return nil }
            let domain = set.first { $0.number == 1 }?.text ?? ""
            if domain.isEmpty || domain == "ai.onnx" { return set.first { $0.number == 2 }?.integers?.first }
        }
        return nil
    }

    private static func valueName(_ bytes: ArraySlice<UInt8>) -> String? {
        ProtobufField.all(in: bytes)?.first { $0.number == 1 }?.text
    }

    /// An output that is a single 32-bit float.
    private static func number(_ name: String) -> ProtobufMessage {
        var tensor = ProtobufMessage()
        tensor.add(1, 1)
        tensor.add(2, ProtobufMessage())
        var type = ProtobufMessage()
        type.add(1, tensor)
        var value = ProtobufMessage()
        value.add(1, name)
        value.add(2, type)
        return value
    }
}

extension OnnxGraph.Node {
    fileprivate init?(_ bytes: ArraySlice<UInt8>) {
        guard let fields = ProtobufField.all(in: bytes) else { return nil }
        var node = Self("", [], to: [], name: "")
        for field in fields {
            switch field.number {
            case 1: node.inputs.append(field.text ?? "")
            case 2: node.outputs.append(field.text ?? "")
            case 3: node.name = field.text ?? ""
            case 4: node.kind = field.text ?? ""
            default: node.others.append(field)
            }
        }
        self = node
    }

    fileprivate var message: ProtobufMessage {
        var message = ProtobufMessage()
        for input in inputs { message.add(1, input) }
        for output in outputs { message.add(2, output) }
        message.add(3, name)
        message.add(4, kind)
        for field in others { message.add(field) }
        return message
    }
}
